import type { FastifyInstance } from "fastify";
import { expect, test } from "vitest";

import { temporaryBucket } from "../storage/temporary-folder.ts";
import { ask, responderOf, responderOn } from "./responder.ts";
import type { Shop } from "./shop.ts";

const shop: Shop = { users: { 10: {} }, items: { 1: {} }, counts: { 1: 3 } };

/** Asks by POST, which has room for long ids. */
async function coldHeader(app: FastifyInstance, id_list: readonly string[]): Promise<unknown> {
  const payload = { type: "items2users", id_list, k: 1, novel_only: 0, return_attributes: 0 };
  const response = await app.inject({ method: "POST", url: "/recommend/item-to-user", payload });
  expect(response.statusCode).toBe(200);
  return response.headers["x-recsys-cold"];
}

test("A14 the header of unknown users holds 4096 characters, and dots where they are more", async () => {
  const app = await responderOf(shop);
  const [long, rest] = ["a".repeat(4000), "b".repeat(95)];
  expect(await coldHeader(app, [long, rest])).toBe(`${long},${rest}`);
  expect(await coldHeader(app, [long, `${rest}b`])).toBe(`${long}...`);
  expect(await coldHeader(app, [long, `${rest}b`, "c"])).toBe(`${long}...`);
  expect(await coldHeader(app, ["a".repeat(4096)])).toBe("a".repeat(4096));
  expect(await coldHeader(app, ["a".repeat(4097)])).toBe("...");
});

test("A14 ids in the header are URL-encoded, one that is no text with the replacement character", async () => {
  const app = await responderOf(shop);
  // U+00E9 is C3 A9 in UTF-8, and U+FFFD is EF BF BD.
  expect(await coldHeader(app, ["a,b", "é", "\ud800", "10"])).toBe("a%2Cb,%C3%A9,%EF%BF%BD");
});

test("A33 a body has at most 64 KiB", async () => {
  const app = await responderOf(shop);
  const post = async (bytes: number) => {
    const body = JSON.stringify({ type: "popular_items", id_list: ["10"], k: 1, novel_only: 0 });
    const rest = ',"return_attributes":0';
    const payload = `${body.slice(0, -1)}${rest}${" ".repeat(bytes - body.length - rest.length)}}`;
    expect(payload).toHaveLength(bytes);
    const headers = { "content-type": "application/json" };
    return app.inject({ method: "POST", url: "/recommend/popular", payload, headers });
  };
  expect((await post(65_536)).body).toBe('{"10":[{"item_id":1,"count":3}]}');
  expect((await post(65_537)).statusCode).toBe(413);
});

test("a request id of 128 harmless characters is kept, and one with any other is not", async () => {
  const app = await responderOf(shop);
  const idOf = async (given: string) =>
    (await app.inject({ url: "/health/live", headers: { "x-request-id": given } })).headers[
      "x-request-id"
    ];
  for (const given of ["a", "x".repeat(128), "Az_0.:-9"]) expect(await idOf(given)).toBe(given);
  for (const given of ["", "(a", "a)", "a\tb", "a;b", "é"]) {
    expect(await idOf(given), given).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  }
});

test("a path or method that is not there is told by name, without its query", async () => {
  const app = await responderOf(shop);
  const message = async (method: "GET" | "PUT" | "POST", url: string) => {
    const response = await app.inject({ method, url });
    const { error } = response.json<{ error: { message: string } }>();
    return [response.statusCode, response.headers["allow"], error.message];
  };
  expect(await message("GET", "/nothing?type=x")).toEqual([
    404,
    undefined,
    "there is no /nothing; /docs lists what there is",
  ]);
  expect(await message("PUT", "/recommend/popular?k=1")).toEqual([
    405,
    "GET, HEAD, POST",
    "/recommend/popular answers GET, HEAD, POST, got PUT",
  ]);
  expect(await message("POST", "/metrics")).toEqual([
    405,
    "GET, HEAD",
    "/metrics answers GET, HEAD, got POST",
  ]);
});

test("Q94 Q97 A17 popular items leave out exactly what the user has seen, first, last or in between", async () => {
  const ids = Array.from({ length: 40 }, (_, i) => (i + 1).toString());
  const seen: Record<string, string[]> = {
    1: [],
    2: ["1"],
    3: ["40"],
    4: ["2", "3", "5", "8", "13", "21", "34"],
    5: ids.filter((id) => id !== "17"),
    6: ids,
  };
  const app = await responderOf({
    users: Object.fromEntries(Object.keys(seen).map((user) => [user, {}])),
    items: Object.fromEntries(ids.map((id) => [id, {}])),
    kMax: 50,
    seen,
    counts: Object.fromEntries(ids.map((id) => [id, Number(id) * 10])),
  });
  const question = { id_list: "1,2,3,4,5,6", k: "40", novel_only: "1" };
  const { body } = await ask(app, "popular", question);
  const lists = JSON.parse(body) as Record<string, { item_id: number; count: number }[]>;
  for (const [user, items] of Object.entries(seen)) {
    const left = ids.filter((id) => !items.includes(id)).map(Number);
    const expected = left.reverse().map((id) => ({ item_id: id, count: id * 10 }));
    expect(lists[user]).toEqual(expected);
  }
  const few = await ask(app, "popular", { ...question, id_list: "4", k: "3" });
  expect(few.json<typeof lists>()["4"]!.map(({ item_id }) => item_id)).toEqual([40, 39, 38]);
});

test("A14 a cold user gets the novel list, or all of it, as asked; and popular items are not filtered", async () => {
  const cold: Shop = {
    ...shop,
    items: { 1: {}, 2: {} },
    counts: { 1: 3, 2: 9 },
    cold: { all: [["1", 0.5]], novel: [["2", 0.25]] },
  };
  const app = await responderOf(cold);
  const bodyOf = async (novel_only: string) =>
    (await ask(app, "item-to-user", { id_list: "99", novel_only })).body;
  expect(await bodyOf("0")).toBe('{"99":[{"item_id":1,"interaction_probability":0.5}]}');
  expect(await bodyOf("1")).toBe('{"99":[{"item_id":2,"interaction_probability":0.25}]}');
  const popular = await responderOf(cold, { coldUser: "popular" });
  const { body, headers } = await ask(popular, "item-to-user", { id_list: "99", novel_only: "1" });
  expect(body).toBe('{"99":[{"item_id":2,"count":9},{"item_id":1,"count":3}]}');
  expect(headers["x-recsys-cold"]).toBe("99");
  const other = await ask(app, "popular", { id_list: "99" });
  expect(other.headers["x-recsys-cold"]).toBeUndefined();
});

test("before the first execution a request is told what is missing and which commands make it", async () => {
  const app = responderOn(await temporaryBucket());
  const response = await ask(app, "popular", { id_list: "10" });
  const { error } = response.json<{ error: { message: string } }>();
  expect(error.message).toMatch(
    /^no recommendations are served yet: .*recsys execute collector, recsys execute core/,
  );
});

test("A13 a parameter without a value is refused by its name, also one that nearly is one of the five", async () => {
  const app = await responderOf(shop);
  const rest = "type=popular_items&k=1&novel_only=0&return_attributes=0";
  for (const [query, parameter] of [
    [`id_lists&${rest}`, "id_list"],
    [`${rest}&id_list`, "id_list"],
    [`${rest.replace("k=1", "k")}&id_list=10`, "k"],
    [`${rest}&id_list=10&more`, "more"],
  ] as const) {
    const response = await app.inject(`/recommend/popular?${query}`);
    expect([response.statusCode, query]).toEqual([400, query]);
    expect(response.json()).toMatchObject({ error: { parameter } });
  }
});

test("A13 without any query the first parameter that is missing is told, and HEAD has no body", async () => {
  const app = await responderOf(shop);
  for (const url of ["/recommend/popular", "/recommend/popular?"]) {
    const response = await app.inject(url);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error: { parameter: "type" } });
  }
  const url =
    "/recommend/popular?type=popular_items&id_list=10&k=1&novel_only=0&return_attributes=0";
  const head = await app.inject({ method: "HEAD", url });
  expect([head.statusCode, head.body]).toEqual([200, ""]);
  expect(head.headers["content-length"]).toBe('{"10":[{"item_id":1,"count":3}]}'.length.toString());
});
