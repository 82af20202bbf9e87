import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";

import { createResponder, serveResponder } from "../../src/responder/index.ts";
import { ResponderConfig } from "../../src/schema/index.ts";
import { type Bucket, publish } from "../../src/storage/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { ask, type Settings } from "./responder.ts";
import { serveShop, type Shop, writeShop } from "./shop.ts";
import { watched } from "./watched-bucket.ts";

const shop: Shop = { users: { 10: {} }, items: { 1: {} } };
const stage = "batch_transform_inference_output";

type Line = Readonly<Record<string, unknown>>;

function logOf(level: string) {
  const lines: Line[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as Line);
  return { lines, log: pino({ level }, { write }) };
}

function logging(bucket: Bucket, level: string, settings: Settings = {}) {
  const { lines, log } = logOf(level);
  const app = createResponder({ bucket, config: ResponderConfig.parse(settings), log });
  onTestFinished(() => app.close());
  return { app, lines };
}

async function servedBucket(): Promise<Bucket> {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shop);
  return bucket;
}

test.each(["debug", "trace"])(
  "at level %s every request is logged, with its id, status and time",
  async (level) => {
    const { app, lines } = logging(await servedBucket(), level);
    await app.inject({ url: "/health/live?x=1", headers: { "x-request-id": "trace-1" } });
    await ask(app, "popular", { id_list: "" });
    const answered = lines.filter(({ msg }) => msg === "answered");
    expect(answered).toMatchObject([
      { level: 20, reqId: "trace-1", method: "GET", url: "/health/live?x=1", statusCode: 200 },
      { level: 20, method: "GET", statusCode: 400 },
    ]);
    expect(answered[0]!["elapsedTime"]).toBeGreaterThan(0);
  },
);

test("at level info requests are not logged, but the execution that is served, with the one before", async () => {
  const bucket = await servedBucket();
  const { app, lines } = logging(bucket, "info", { refreshSeconds: 0.02 });
  await app.inject("/health/live");
  expect(lines.map(({ execution, before }) => [execution, before])).toEqual([
    ["core-1", undefined],
  ]);
  await serveShop(bucket, "core-2", shop);
  await expect.poll(() => lines.length).toBe(2);
  expect(lines[1]).toMatchObject({ level: 30, execution: "core-2", before: "core-1" });
  expect(lines[1]!["msg"]).toContain("serving another execution");
});

test("an execution that cannot be served is told once, with the reason, and again when another fails", async () => {
  const store = await servedBucket();
  const bucket = watched(store);
  const { app, lines } = logging(bucket, "error", { refreshSeconds: 0.02 });
  await app.ready();
  expect(lines).toEqual([]);
  await breakExecution(store, "core-2");
  const looksAfter = async (more: number): Promise<void> => {
    const from = bucket.looks();
    await expect.poll(() => bucket.looks()).toBeGreaterThan(from + more);
  };
  await looksAfter(4);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 50, msg: "the new execution cannot be served" });
  expect(JSON.stringify(lines[0]!["err"])).toContain("core-2/users.index");
  await breakExecution(store, "core-3");
  await looksAfter(4);
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines[1]!["err"])).toContain("core-3/users.index");
  await publish(store, stage, "core-1");
  await looksAfter(2);
  await publish(store, stage, "core-3");
  await looksAfter(4);
  expect(lines).toHaveLength(3);
});

/** Publishes an execution whose manifest is right and one of whose files is not. */
async function breakExecution(bucket: Bucket, execution: string): Promise<void> {
  await writeShop(bucket, execution, shop);
  await bucket.write(`${stage}/${execution}/users.index`, "rubbish");
  await publish(bucket, stage, execution);
}

test("a failure of ours is logged with its error and the request's id", async () => {
  const bucket = watched(await servedBucket());
  const { app, lines } = logging(bucket, "error");
  await app.ready();
  const release = bucket.hold();
  const asked = ask(app, "item-to-user", { id_list: "10" });
  await expect.poll(() => bucket.waiting()).toBe(1);
  release(new Error("the disk is gone"));
  const response = await asked;
  expect(response.json()).toEqual({
    error: {
      code: "internal_error",
      message: `the answer could not be made; the log has the reason under request id ${String(response.headers["x-request-id"])}`,
    },
  });
  expect(lines).toMatchObject([
    {
      level: 50,
      reqId: response.headers["x-request-id"],
      err: { message: "the disk is gone" },
      msg: "a request failed",
    },
  ]);
});

test("a server logs where it answers, which is the configured address", async () => {
  const { lines, log } = logOf("info");
  const config = ResponderConfig.parse({ host: "127.0.0.2", port: 0 });
  const running = await serveResponder({ bucket: await servedBucket(), config, log });
  onTestFinished(() => running.close());
  expect(running.url).toMatch(/^http:\/\/127\.0\.0\.2:\d+$/);
  expect(lines.at(-1)).toMatchObject({ level: 30, url: running.url, msg: "serving" });
  expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
});
