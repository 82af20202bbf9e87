import { createHash } from "node:crypto";

import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";

import { createLambdaResponder } from "../../../src/responder/index.ts";
import { ResponderConfig } from "../../../src/schema/index.ts";
import { type Bucket, changeApiKeys, type ReadableBucket } from "../../../src/storage/index.ts";
import { temporaryBucket } from "../../storage/temporary-folder.ts";
import { responderOn, type Settings } from "../responder.ts";
import { serveShop } from "../shop.ts";
import { proxyEvent } from "./proxy-event.ts";

const URL_PATH =
  "/recommend/popular?type=popular_items&id_list=10&k=1&novel_only=0&return_attributes=0";
const sha256 = (key: string): string => createHash("sha256").update(key).digest("hex");

async function shop(): Promise<Bucket> {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", { users: { 10: {} }, items: { 1: {} }, counts: { 1: 3 } });
  return bucket;
}
const keep = (bucket: Bucket, ...keys: readonly string[]) =>
  changeApiKeys(bucket, () =>
    keys.map((key) => ({
      ...{ name: key, sha256: sha256(key) },
      ...{ createdAt: "2026-11-27T00:00:00.000Z", createdBy: "ada" },
    })),
  );

function functionOn(bucket: ReadableBucket, settings: Settings = {}) {
  const time = { seconds: 0 };
  const lines: string[] = [];
  const responder = createLambdaResponder({
    bucket,
    config: ResponderConfig.parse(settings),
    log: pino({ level: "info", base: null }, { write: (line: string) => lines.push(line) }),
    clock: () => time.seconds,
  });
  onTestFinished(() => responder.close());
  const call = (key?: string) =>
    responder.handler(
      proxyEvent({ url: URL_PATH, headers: key === undefined ? {} : { "X-API-Key": key } }),
    );
  const statusWith = async (key?: string) => (await call(key)).statusCode;
  return { time, lines, call, statusWith };
}

test("in AWS a key is asked for where the configuration does not say; the local server asks for none", async () => {
  const bucket = await shop();
  await keep(bucket, "mine");
  const { statusWith } = functionOn(bucket);
  expect([await statusWith(), await statusWith("no"), await statusWith("mine")]).toEqual([
    401, 401, 200,
  ]);
  expect((await responderOn(bucket).inject(URL_PATH)).statusCode).toBe(200);
});

test("with off said, the function asks for none", async () => {
  expect(await functionOn(await shop(), { apiKeys: { mode: "off" } }).statusWith()).toBe(200);
});

test("the configuration's keys and the bucket's count alike, and refusals read as the local server's", async () => {
  const bucket = await shop();
  await keep(bucket, "made");
  const apiKeys = { mode: "required" as const, sha256: [sha256("configured")] };
  const { call, statusWith } = functionOn(bucket, { apiKeys });
  expect([await statusWith("made"), await statusWith("configured")]).toEqual([200, 200]);
  const local = responderOn(bucket, { apiKeys });
  const headers = { "x-api-key": "none" };
  expect((await call("none")).body).toBe((await local.inject({ url: URL_PATH, headers })).body);
});

test.each([2, 3600])(
  "with refreshSeconds %s a new key counts and a removed one is refused within a minute",
  async (refreshSeconds) => {
    const bucket = await shop();
    const { time, statusWith } = functionOn(bucket, { refreshSeconds });
    expect(await statusWith("mine")).toBe(401);
    await keep(bucket, "mine");
    time.seconds = 60;
    expect(await statusWith("mine")).toBe(200);
    await keep(bucket);
    time.seconds = 120;
    expect(await statusWith("mine")).toBe(401);
  },
);

test("while the keys cannot be read, nobody gets in at first, and afterwards those who had one", async () => {
  const store = await shop();
  await keep(store, "mine");
  let isDown = true;
  const bucket: ReadableBucket = {
    ...store,
    read: (path) =>
      isDown && path === "api_keys.json" ? Promise.reject(new Error("down")) : store.read(path),
  };
  const { time, lines, call, statusWith } = functionOn(bucket);
  const { statusCode, body } = await call("mine");
  expect([statusCode, body]).toEqual([503, expect.stringContaining("could not be read")]);
  expect(lines.join("")).toContain("the keys cannot be read");
  isDown = false;
  time.seconds = 2;
  expect(await statusWith("mine")).toBe(200);
  isDown = true;
  time.seconds = 100;
  expect(await statusWith("mine")).toBe(200);
});

test("a key stands in no line of the log", async () => {
  const bucket = await shop();
  await keep(bucket, "mine");
  const { lines, statusWith } = functionOn(bucket);
  for (const key of ["mine", "wrong-key"]) await statusWith(key);
  expect(lines.join("")).not.toMatch(/mine|wrong-key/);
});
