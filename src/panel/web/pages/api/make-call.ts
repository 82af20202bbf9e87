import type { ApiError } from "../../../../schema/index.ts";

/** What a call of the REST API came to. */
export interface Answer {
  readonly status: number;
  readonly milliseconds: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  /** The parameter that the server named as wrong, and why. */
  readonly problem: ApiError["error"] | null;
}

/** Headers that tell something about this answer. */
const SHOWN_HEADERS = ["content-type", "content-length", "x-request-id", "x-recsys-cold"];

/** Calls the API that answers beside the panel, under the panel's own address. */
export async function makeCall(path: string, key: string): Promise<Answer> {
  const begin = performance.now();
  const response = await fetch(path, {
    cache: "no-store",
    credentials: "omit",
    headers: key === "" ? {} : { "X-API-Key": key },
  });
  const text = await response.text();
  return {
    status: response.status,
    milliseconds: performance.now() - begin,
    headers: SHOWN_HEADERS.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
    text,
    problem: response.ok ? null : problemOf(text),
  };
}

function problemOf(text: string): ApiError["error"] | null {
  try {
    return (JSON.parse(text) as ApiError).error;
  } catch {
    return null;
  }
}
