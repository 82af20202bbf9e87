import type { HTTPMethods, LightMyRequestResponse } from "fastify";

/** What API Gateway hands a function for a call of a REST API (Lambda proxy integration, format 1.0), as far as it is used. */
export interface ProxyEvent {
  /** The route as the API declares it, without stage and without a custom domain's base path. */
  readonly resource?: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
  /** Decoded; of a repeated parameter the last value. */
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext?: { readonly requestId?: string; readonly stage?: string };
}

/** What the function hands back. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** A request for the app. */
export interface AppRequest {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly headers: Record<string, string | string[]>;
  readonly payload?: Buffer;
}

/** The request that the caller has made. Its id is the caller's, else API Gateway's. */
export function requestOf(event: ProxyEvent): AppRequest {
  const { httpMethod, body, isBase64Encoded = false, requestContext } = event;
  const query = queryOf(event);
  const path = pathOf(event);
  return {
    method: httpMethod,
    url: query === "" ? path : `${path}?${query}`,
    headers: { "x-request-id": requestContext?.requestId ?? "", ...headersOf(event) },
    ...(typeof body === "string" && body !== ""
      ? { payload: Buffer.from(body, isBase64Encoded ? "base64" : "utf8") }
      : {}),
  };
}

/** The app's answer, for API Gateway. */
export function resultOf({ statusCode, headers, body }: LightMyRequestResponse): ProxyResult {
  const single = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, String(value)] as const],
  );
  return { statusCode, headers: Object.fromEntries(single), body, isBase64Encoded: false };
}

/** Between the app and a socket that is not there. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding"]);

/**
 * The resource, since the path may begin with a custom domain's base path; the path where the resource has parameters
 * (`/{proxy+}`) or is missing, without the stage in front.
 */
function pathOf({ resource, path, requestContext }: ProxyEvent): string {
  if (resource?.startsWith("/") === true && !resource.includes("{")) return resource;
  const stage = requestContext?.stage;
  const isStaged = stage !== undefined && `${path}/`.startsWith(`/${stage}/`);
  return (isStaged ? path.slice(stage.length + 1) : path) || "/";
}

/** The query as text again: only the app knows how it is read. */
function queryOf(event: ProxyEvent): string {
  const { multiValueQueryStringParameters, queryStringParameters } = event;
  return valuesOf(multiValueQueryStringParameters, queryStringParameters)
    .flatMap(([name, values]) => values.map((value) => `${encode(name)}=${encode(value)}`))
    .join("&");
}

/** Each name with all its values; the single values where there are no others. */
function valuesOf(
  all: ProxyEvent["multiValueHeaders"],
  single: ProxyEvent["headers"],
): readonly (readonly [name: string, values: readonly string[]])[] {
  if (all !== null && all !== undefined) return Object.entries(all);
  return Object.entries(single ?? {}).map(([name, value]) => [name, [value]]);
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function headersOf({ multiValueHeaders, headers }: ProxyEvent): AppRequest["headers"] {
  return Object.fromEntries(
    valuesOf(multiValueHeaders, headers).map(([name, values]) => [
      name.toLowerCase(),
      values.length === 1 ? values[0]! : [...values],
    ]),
  );
}
