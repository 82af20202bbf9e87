import type { ProxyEvent } from "../../../src/responder/lambda/proxy-event.ts";

/**
 * The event that API Gateway makes of a call of a REST API with Lambda proxy integration, as AWS documents it: names and
 * values of the query decoded, all of them under the multi-value name, the last ones beside.
 */
export function proxyEvent(call: {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}): ProxyEvent {
  const { pathname, searchParams } = new URL(
    call.url,
    "https://abc.execute-api.eu-west-1.amazonaws.com",
  );
  const names = [...new Set(searchParams.keys())];
  const all = Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]));
  const isEmpty = names.length === 0;
  return {
    resource: pathname,
    path: pathname,
    httpMethod: call.method ?? "GET",
    headers: call.headers ?? {},
    multiValueHeaders: Object.fromEntries(
      Object.entries(call.headers ?? {}).map(([name, value]) => [name, [value]]),
    ),
    queryStringParameters: isEmpty
      ? null
      : Object.fromEntries(names.map((name) => [name, all[name]!.at(-1)!])),
    multiValueQueryStringParameters: isEmpty ? null : all,
    requestContext: { requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", stage: "prod" },
    body: call.body ?? null,
    isBase64Encoded: false,
  };
}
