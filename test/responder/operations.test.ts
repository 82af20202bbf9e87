import { pino } from "pino";
import { expect, test } from "vitest";

import { createResponder } from "../../src/responder/index.ts";
import { ResponderConfig } from "../../src/schema/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { ask, responderOf, responderOn } from "./responder.ts";
import { serveShop, type Shop } from "./shop.ts";

const shop: Shop = { users: { 10: {} }, items: { 1: {} }, counts: { 1: 3 } };

test("before the first execution every route says what to do, and the process is live but not ready", async () => {
  const app = responderOn(await temporaryBucket());
  for (const response of [
    await ask(app, "item-to-user", { id_list: "1" }),
    await ask(app, "popular", { id_list: "1" }),
    await app.inject("/health/ready"),
  ]) {
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ error: { code: "nothing_served" } });
    expect(response.body).toContain("recsys execute collector");
  }
  expect((await app.inject("/health/live")).json()).toEqual({ status: "live" });
});

test("ready tells which execution is served and what it holds", async () => {
  const app = await responderOf(shop);
  expect((await app.inject("/health/ready")).json()).toEqual({
    status: "ready",
    execution: "core-1",
    createdAt: "2023-11-14T22:13:20.000Z",
    users: 1,
    items: 1,
    kMax: 10,
    probabilityOf: "an interaction",
  });
});

test("an unknown path and a broken one are told as JSON", async () => {
  const app = await responderOf(shop);
  const unknown = await app.inject("/recommend/nothing?x=1");
  expect(unknown.statusCode).toBe(404);
  expect(unknown.json()).toEqual({
    error: {
      code: "not_found",
      message: "there is no /recommend/nothing; /docs lists what there is",
    },
  });
  const broken = await app.inject("/%zz");
  expect(broken.statusCode).toBe(400);
  expect(broken.json()).toMatchObject({ error: { code: "invalid_request" } });
});

test("Q72 a method that a path does not answer is told with those that it does", async () => {
  const app = await responderOf(shop);
  const response = await app.inject({ method: "DELETE", url: "/recommend/popular" });
  expect(response.statusCode).toBe(405);
  expect(response.headers["allow"]).toBe("GET, HEAD, POST");
  expect(response.json()).toMatchObject({ error: { code: "method_not_allowed" } });
  expect((await app.inject({ method: "POST", url: "/health/live" })).headers["allow"]).toBe(
    "GET, HEAD",
  );
});

test("a failure of ours is a 500 without its reason, which stands in the log under the request's id", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shop);
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  const broken = { ...bucket, open: async (path: string) => failing(await bucket.open(path)) };
  const app = createResponder({ bucket: broken, config: ResponderConfig.parse({}), log });
  const response = await app.inject({
    url: "/recommend/item-to-user?type=items2users&id_list=10&k=1&novel_only=0&return_attributes=0",
    headers: { "x-request-id": "trace-1" },
  });
  await app.close();
  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({ error: { code: "internal_error" } });
  expect(response.body).toContain("trace-1");
  expect(response.body).not.toContain("disk");
  expect(lines.some((line) => line.includes("trace-1") && line.includes("the disk is gone"))).toBe(
    true,
  );
});

test("a list that names an item which the catalogue does not have is a failure of ours, not an answer", async () => {
  const bucket = await temporaryBucket();
  const forUsers = { 10: { all: [["1", 0.5]], novel: [] } } as const;
  await serveShop(bucket, "core-1", { ...shop, forUsers });
  const path = "batch_transform_inference_output/core-1/users.index";
  const index = Buffer.from(await bucket.read(path));
  const entry = index.indexOf(Buffer.from(Float32Array.of(0.5).buffer)) - 4;
  for (const wrong of [1, 0xffff_ffff]) {
    index.writeUInt32LE(wrong, entry);
    await bucket.write(path, index);
    const broken = responderOn(bucket);
    expect((await ask(broken, "item-to-user", { id_list: "10" })).statusCode).toBe(500);
  }
  index.writeUInt32LE(0, entry);
  await bucket.write(path, index);
  const whole = responderOn(bucket);
  expect((await ask(whole, "item-to-user", { id_list: "10" })).statusCode).toBe(200);
});

/** A reader that reads the head of a file and then no more. */
function failing<Reader extends { read(offset: number, length: number): Promise<Uint8Array> }>(
  reader: Reader,
): Reader {
  const read = (offset: number, length: number) =>
    offset < 32 ? reader.read(offset, length) : Promise.reject(new Error("the disk is gone"));
  return { ...reader, read, readSync: undefined };
}

test("a request keeps its X-Request-Id if it is harmless, and gets one otherwise", async () => {
  const app = await responderOf(shop);
  const idOf = async (given?: string) => {
    const headers = given === undefined ? {} : { "x-request-id": given };
    return (await app.inject({ url: "/health/live", headers })).headers["x-request-id"];
  };
  expect(await idOf("trace-1.2:3")).toBe("trace-1.2:3");
  expect(await idOf()).toMatch(/^[0-9a-f-]{36}$/);
  expect(await idOf("a b")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await idOf("x".repeat(129))).toMatch(/^[0-9a-f-]{36}$/);
});

test("an answer has the same head by GET and HEAD, and the bytes that its head promises", async () => {
  const app = await responderOf({ ...shop, items: { 1: { name: "Grüße, 世界 😀" } } });
  const url =
    "/recommend/popular?type=popular_items&id_list=10&k=1&novel_only=0&return_attributes=1";
  const headers = { "x-request-id": "trace-1" };
  const got = await app.inject({ url, headers });
  const head = {
    "x-request-id": "trace-1",
    "content-type": "application/json; charset=utf-8",
    "content-length": String(got.rawPayload.length),
  };
  expect(got.headers).toMatchObject(head);
  expect(got.json()).toEqual({ 10: [{ item_id: 1, count: 3, name: "Grüße, 世界 😀" }] });
  const asked = await app.inject({ url, headers, method: "HEAD" });
  expect(asked.headers).toMatchObject(head);
  expect(asked.rawPayload.length).toBe(0);
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  const sent = await fetch(address + url, { headers });
  expect(Object.fromEntries(sent.headers)).toMatchObject(head);
  expect(Buffer.from(await sent.arrayBuffer())).toEqual(got.rawPayload);
});

test("metrics count requests by route and status, and tell what is served and how old it is", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shop);
  const config = ResponderConfig.parse({});
  const app = createResponder({ bucket, config, clock: () => 1_700_000_060 });
  await ask(app, "popular", { id_list: "10" });
  await ask(app, "popular", { id_list: "10" });
  await ask(app, "popular", { id_list: "" });
  await app.inject("/no/such/path");
  const { body } = await app.inject("/metrics");
  await app.close();
  const count =
    'recsys_http_request_duration_seconds_count{route="/recommend/popular",method="GET"';
  expect(body).toContain(`${count},status="200"} 2`);
  expect(body).toContain(`${count},status="400"} 1`);
  expect(body).toContain('{route="unknown",method="GET",status="404"} 1');
  expect(body).toContain('recsys_served_execution{execution="core-1"} 1');
  expect(body).toContain("recsys_served_age_seconds 60");
  expect(body).toContain("process_resident_memory_bytes");
});

test("the OpenAPI document has every route with its parameters, and the page loads nothing from elsewhere", async () => {
  const app = await responderOf(shop, { maxIds: 7 });
  const document = (await app.inject("/openapi.json")).json<{
    openapi: string;
    paths: Record<string, { get: { parameters?: { name: string; required: boolean }[] } }>;
  }>();
  expect(document.openapi).toBe("3.1.0");
  const parameters = (path: string) =>
    document.paths[path]?.get.parameters?.map(({ name }) => name);
  const common = ["type", "id_list", "k", "novel_only", "return_attributes"];
  expect(parameters("/recommend/item-to-user")).toEqual(common);
  expect(parameters("/recommend/user-to-item")).toEqual([...common, "rank_by"]);
  expect(parameters("/recommend/popular")).toEqual(common);
  expect(JSON.stringify(document)).toContain("At most 7 distinct ids");

  const page = await app.inject("/docs");
  expect(page.statusCode).toBe(200);
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? "");
  expect(loaded.length).toBeGreaterThan(2);
  for (const url of loaded) {
    expect(url).not.toMatch(/^(https?:)?\/\//);
    expect((await app.inject(new URL(url, "http://localhost/docs/").pathname)).statusCode).toBe(
      200,
    );
  }
});
