import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";

import { createLambdaResponder } from "../../../src/responder/index.ts";
import { ResponderConfig } from "../../../src/schema/index.ts";
import type { Bucket, ReadableBucket } from "../../../src/storage/index.ts";
import { temporaryBucket } from "../../storage/temporary-folder.ts";
import { type Settings, responderOn } from "../responder.ts";
import { serveShop, type Shop } from "../shop.ts";
import { watched } from "../watched-bucket.ts";
import { proxyEvent } from "./proxy-event.ts";

const shopOf = (probability: number): Shop => ({
  users: { 10: {} },
  items: { 1: {} },
  forUsers: { 10: { all: [["1", probability]], novel: [] } },
});
const answerOf = (probability: number): string =>
  `{"10":[{"item_id":1,"interaction_probability":${probability}}]}`;
const URL_PATH =
  "/recommend/item-to-user?type=items2users&id_list=10&k=1&novel_only=0&return_attributes=0";

/** A function whose clock the test sets; it asks for no key unless told otherwise. */
function functionOn(
  bucket: ReadableBucket,
  { apiKeys = { mode: "off" }, ...settings }: Settings = {},
) {
  const time = { seconds: 0 };
  const lines: string[] = [];
  const responder = createLambdaResponder({
    bucket,
    config: ResponderConfig.parse({ apiKeys, ...settings }),
    log: pino({ level: "info", base: null }, { write: (line: string) => lines.push(line) }),
    clock: () => time.seconds,
  });
  onTestFinished(() => responder.close());
  const call = (url = URL_PATH, rest = {}) => responder.handler(proxyEvent({ url, ...rest }));
  return { time, call, lines };
}

test("A29 the function answers as the local server does, whatever is asked", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shopOf(0.5));
  const local = responderOn(bucket);
  const { call } = functionOn(bucket);
  for (const [method, url] of [
    ["GET", URL_PATH],
    ["HEAD", URL_PATH],
    ["GET", URL_PATH.replace("k=1", "k=0")],
    ["GET", URL_PATH.replace("id_list=10", "id_list=unknown%20one")],
    ["GET", "/recommend/nothing?type=x"],
    ["GET", "/recommend/item%2Dto%2Duser"],
    ["DELETE", "/recommend/popular"],
    ["GET", "/health/ready"],
  ] as const) {
    const here = await local.inject({ method, url, headers: { "x-request-id": "same" } });
    const there = await call(url, { method, headers: { "x-request-id": "same" } });
    const texts = Object.entries(here.headers)
      .filter(([name]) => name !== "connection")
      .map(([name, value]) => [name, String(value)] as const);
    // A second may end between the two answers.
    const headers: Record<string, unknown> = {
      ...Object.fromEntries(texts),
      date: expect.any(String) as string,
    };
    expect([there.statusCode, there.headers, there.body], `${method} ${url}`).toEqual([
      here.statusCode,
      headers,
      here.body,
    ]);
  }
});

test("a new execution is seen by the first call after refreshSeconds, also after a long sleep", async () => {
  const store = await temporaryBucket();
  await serveShop(store, "core-1", shopOf(0.5));
  const bucket = watched(store);
  const { call, time } = functionOn(bucket, { refreshSeconds: 30 });
  expect((await call()).body).toBe(answerOf(0.5));
  await serveShop(store, "core-2", shopOf(0.25));
  time.seconds = 29;
  expect((await call()).body).toBe(answerOf(0.5));
  expect(bucket.looks()).toBe(1);
  time.seconds = 30;
  expect((await call()).body).toBe(answerOf(0.25));
  await serveShop(store, "core-3", shopOf(0.75));
  time.seconds = 3600;
  expect((await call()).body).toBe(answerOf(0.75));
  expect(bucket.looks()).toBe(3);
  expect([...bucket.openFiles].every((path) => path.includes("core-3"))).toBe(true);
});

test("calls at the same time look once", async () => {
  const store = await temporaryBucket();
  await serveShop(store, "core-1", shopOf(0.5));
  const bucket = watched(store);
  const { call } = functionOn(bucket);
  for (const { body } of await Promise.all([call(), call(), call()])) {
    expect(body).toBe(answerOf(0.5));
  }
  expect(bucket.looks()).toBe(1);
});

test("an execution that takes long to open is not waited for: the old one serves until it is there", async () => {
  const store = await temporaryBucket();
  await serveShop(store, "core-1", shopOf(0.5));
  const opening = Promise.withResolvers<undefined>();
  const slow: ReadableBucket = {
    ...store,
    async open(path) {
      if (path.includes("core-2")) await opening.promise;
      return store.open(path);
    },
  };
  const { call, time } = functionOn(slow);
  expect((await call()).body).toBe(answerOf(0.5));
  await serveShop(store, "core-2", shopOf(0.25));
  time.seconds = 10;
  const started = performance.now();
  expect((await call()).body).toBe(answerOf(0.5));
  expect(performance.now() - started).toBeLessThan(8_000); // of the function's ten seconds
  opening.resolve(undefined);
  await expect.poll(async () => (await call()).body).toBe(answerOf(0.25));
});

/** A bucket in which what a path holds cannot be had. */
function without(store: Bucket, isGone: (path: string) => Error | undefined): ReadableBucket {
  const orGone = <T>(path: string, read: () => Promise<T>): Promise<T> => {
    const error = isGone(path);
    return error === undefined ? read() : Promise.reject(error);
  };
  return {
    url: store.url,
    read: (path) => orGone(path, () => store.read(path)),
    head: (path) => orGone(path, () => store.head(path)),
    open: (path) => orGone(path, () => store.open(path)),
  };
}

test("before the first execution and where the bucket refuses, function and local server say the same", async () => {
  const empty = await temporaryBucket();
  const denied = without(empty, () => new Error("AccessDenied: not allowed to read"));
  for (const [bucket, message] of [
    [empty, /^no recommendations are served yet: execute the collector and then the core/],
    [denied, /^no recommendations are served: .* could not be read; the log has the reason$/],
  ] as const) {
    const { call, lines } = functionOn(bucket);
    const { statusCode, body } = await call();
    const { error } = JSON.parse(body) as { error: { code: string; message: string } };
    expect([statusCode, error.code]).toEqual([503, "nothing_served"]);
    expect(error.message).toMatch(message);
    const local = responderOn({ ...empty, ...bucket });
    expect((await local.inject(URL_PATH)).body).toBe(body);
    expect(lines.some((line) => line.includes("AccessDenied"))).toBe(bucket === denied);
  }
});

test("where the pointer cannot be read, the old execution is served on and the log says why", async () => {
  const store = await temporaryBucket();
  await serveShop(store, "core-1", shopOf(0.5));
  let isDown = false;
  const { call, time, lines } = functionOn(
    without(store, () => (isDown ? new Error("down") : undefined)),
  );
  await call();
  isDown = true;
  time.seconds = 100;
  expect((await call()).body).toBe(answerOf(0.5));
  expect(lines.join("")).toContain("the new execution cannot be served");
});

test("every call is logged with its id, path, status and time; its query and what it was answered are not", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shopOf(0.5));
  const { call, lines } = functionOn(bucket);
  await call(URL_PATH, { headers: { "x-request-id": "call-1" } });
  const line = JSON.parse(lines.at(-1)!) as object;
  expect(line).toMatchObject({
    reqId: "call-1",
    method: "GET",
    path: "/recommend/item-to-user",
    statusCode: 200,
    milliseconds: 0,
  });
  expect(lines.join("")).not.toContain("id_list");
});

test("an answer that is larger than AWS Lambda can hand back is refused with what to ask instead", async () => {
  const bucket = await temporaryBucket();
  const users = Array.from({ length: 60 }, (_, i) => String(i));
  await serveShop(bucket, "core-1", {
    users: Object.fromEntries(users.map((user) => [user, {}])),
    items: { 1: { text: "x".repeat(100_000) } },
    counts: { 1: 3 },
  });
  const { call } = functionOn(bucket);
  const ask = (count: number) =>
    call(
      `/recommend/popular?type=popular_items&id_list=${users.slice(0, count).join()}&k=1&novel_only=0&return_attributes=1`,
    );
  expect((await ask(50)).statusCode).toBe(200);
  const { statusCode, body } = await ask(60);
  expect(statusCode).toBe(400);
  expect(JSON.parse(body)).toEqual({
    error: {
      code: "invalid_parameter",
      parameter: "id_list",
      message:
        "the answer has 6.0 MB, and AWS Lambda can hand back 5.5 MB: ask for fewer ids at once, for a smaller k, or without attributes",
    },
  });
});
