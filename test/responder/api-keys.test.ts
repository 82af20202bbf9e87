import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { ResponderConfig } from "../../src/schema/index.ts";
import { responderOf } from "./responder.ts";
import type { Shop } from "./shop.ts";

const shop: Shop = { users: { 10: {} }, items: { 1: {} } };
const sha256 = (key: string): string => createHash("sha256").update(key).digest("hex");
const url = "/recommend/popular?type=popular_items&id_list=10&k=1&novel_only=0&return_attributes=0";

test("with keys required every recommendation needs one of them, and the rest of the API none", async () => {
  const keys = [sha256("first"), sha256("second")];
  const app = await responderOf(shop, { apiKeys: { mode: "required", sha256: keys } });
  const statusOf = async (headers: Record<string, string>) =>
    (await app.inject({ url, headers })).statusCode;
  expect(await statusOf({ "x-api-key": "first" })).toBe(200);
  expect(await statusOf({ "x-api-key": "second" })).toBe(200);
  expect(await statusOf({ "x-api-key": "third" })).toBe(401);
  expect(await statusOf({ "x-api-key": sha256("first") })).toBe(401);
  expect(await statusOf({ "x-api-key": "" })).toBe(401);
  const refused = await app.inject({ method: "POST", url: "/recommend/item-to-user", payload: {} });
  expect([refused.statusCode, refused.json()]).toEqual([
    401,
    {
      error: {
        code: "unauthorized",
        message: "the header X-API-Key must hold one of the configured keys",
      },
    },
  ]);
  expect((await app.inject("/health/ready")).statusCode).toBe(200);
});

test("a missing key is not the key undefined", async () => {
  const apiKeys = { mode: "required" as const, sha256: [sha256("undefined")] };
  const app = await responderOf(shop, { apiKeys });
  expect((await app.inject(url)).statusCode).toBe(401);
});

test("without keys required none is asked for", async () => {
  expect((await (await responderOf(shop)).inject(url)).statusCode).toBe(200);
});

test("keys are SHA-256 in hexadecimal; where they are required and there is none, nobody gets in and is told why", async () => {
  expect(() => ResponderConfig.parse({ apiKeys: { sha256: ["secret"] } })).toThrow("SHA-256");
  const app = await responderOf(shop, { apiKeys: { mode: "required" } });
  for (const headers of [{}, { "x-api-key": "" }, { "x-api-key": "any" }]) {
    const answer = await app.inject({ url, headers });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      401,
      { error: { code: "unauthorized" } },
    ]);
    expect(answer.json<{ error: { message: string } }>().error.message).toContain(
      "there is none yet",
    );
  }
});
