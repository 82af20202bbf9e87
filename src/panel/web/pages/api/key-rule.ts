import { useQuery } from "@tanstack/react-query";

/** The part of the OpenAPI document that tells whether keys are required. */
interface OpenApi {
  readonly paths: Readonly<
    Record<string, { readonly get?: { readonly responses: Readonly<Record<string, unknown>> } }>
  >;
}

/** Does the document say that a request without a key is refused? */
export function areKeysRequired({ paths }: OpenApi): boolean {
  return Object.entries(paths).some(
    ([path, { get }]) => path.startsWith("/recommend/") && get?.responses["401"] !== undefined,
  );
}

/** Asks the responder as it now stands, since the draft may say otherwise; only where it is deployed. */
export function useKeyRule(isDeployed: boolean) {
  return useQuery({
    queryKey: ["key-rule"],
    enabled: isDeployed,
    queryFn: async ({ signal }) => {
      const response = await fetch("/openapi.json", { signal });
      if (!response.ok) throw new Error(`the responder answered ${response.status}`);
      return areKeysRequired((await response.json()) as OpenApi);
    },
  });
}
