import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { requestOf, resultOf } from "../../../src/responder/lambda/proxy-event.ts";
import { proxyEvent } from "./proxy-event.ts";

/** An event by hand: no query, no headers. */
const bare = { httpMethod: "GET", path: "/recommend/popular" };

describe("the path", () => {
  test.each([
    [
      "is the resource, whatever a custom domain puts before it",
      "/recommend/popular",
      "/shop/v1/recommend/popular",
    ],
    ["is the path below a greedy resource", "/{proxy+}", "/recommend/popular"],
    ["is the path where there is no resource", undefined, "/recommend/popular"],
    ["has no stage in front", undefined, "/prod/recommend/popular"],
    ["has no stage in front below a greedy resource", "/{proxy+}", "/prod/recommend/popular"],
  ])("%s", (_, resource, path) => {
    const event = {
      httpMethod: "GET",
      path,
      requestContext: { stage: "prod" },
      ...(resource === undefined ? {} : { resource }),
    };
    expect(requestOf(event).url).toBe("/recommend/popular");
  });

  test("keeps a first part that only begins like the stage", () => {
    const event = { ...bare, path: "/production", requestContext: { stage: "prod" } };
    expect(requestOf(event).url).toBe("/production");
    expect(requestOf({ ...event, path: "/prod" }).url).toBe("/");
  });

  test("stays encoded for the app to decode", () => {
    expect(requestOf({ ...bare, path: "/recommend%2Fpopular" }).url).toBe("/recommend%2Fpopular");
  });
});

describe("the query", () => {
  test("has every value of a parameter, in their order", () => {
    const event = {
      ...bare,
      queryStringParameters: { id_list: "20", k: "1" },
      multiValueQueryStringParameters: { id_list: ["10", "20"], k: ["1"] },
    };
    expect(requestOf(event).url).toBe("/recommend/popular?id_list=10&id_list=20&k=1");
  });

  test("is made of the single values where there are no others", () => {
    const event = { ...bare, queryStringParameters: { k: "1" } };
    expect(requestOf({ ...event, multiValueQueryStringParameters: null }).url).toBe(
      "/recommend/popular?k=1",
    );
    expect(requestOf({ ...bare, queryStringParameters: null }).url).toBe("/recommend/popular");
  });

  test("says again what the caller wrote, whatever signs are in it", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (pairs) => {
        const asked = new URLSearchParams(pairs);
        const { url } = requestOf(proxyEvent({ url: `/recommend/popular?${asked.toString()}` }));
        const got = new URL(url, "http://localhost").searchParams;
        for (const name of asked.keys()) expect(got.getAll(name)).toEqual(asked.getAll(name));
      }),
    );
  });

  test("survives half a surrogate pair, which no URL can hold", () => {
    const event = { ...bare, queryStringParameters: { id_list: "a\ud800" } };
    expect(requestOf(event).url).toBe("/recommend/popular?id_list=a%EF%BF%BD");
  });
});

test("headers are those of the caller, and the request's id is theirs, else API Gateway's", () => {
  const event = { ...bare, requestContext: { requestId: "from-the-gateway" } };
  expect(requestOf(event).headers).toEqual({ "x-request-id": "from-the-gateway" });
  const named = { ...event, headers: { "X-Request-Id": "theirs", Accept: "*/*" } };
  expect(requestOf(named).headers).toEqual({ "x-request-id": "theirs", accept: "*/*" });
  const twice = { ...event, multiValueHeaders: { "X-Request-Id": ["theirs"], A: ["1", "2"] } };
  expect(requestOf(twice).headers).toEqual({ "x-request-id": "theirs", a: ["1", "2"] });
});

test("A33 a body comes as it was sent, also where API Gateway has packed it as base64", () => {
  const body = '{"id_list":["é"]}';
  const event = { ...bare, httpMethod: "POST" };
  expect(String(requestOf({ ...event, body }).payload)).toBe(body);
  const packed = { ...event, body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
  expect(String(requestOf(packed).payload)).toBe(body);
  expect(requestOf({ ...event, body: null })).not.toHaveProperty("payload");
});

test("the result has texts for headers, and none that is about a connection", () => {
  const headers = { "content-length": 2, connection: "keep-alive", "x-none": undefined };
  const response = { statusCode: 200, headers, body: "{}" } as never;
  expect(resultOf(response)).toEqual({
    statusCode: 200,
    headers: { "content-length": "2" },
    body: "{}",
    isBase64Encoded: false,
  });
});
