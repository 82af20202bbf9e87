import { setTimeout as sleep } from "node:timers/promises";

import { expect, onTestFinished, test } from "vitest";

import { createResponder } from "../../src/responder/index.ts";
import { ResponderConfig } from "../../src/schema/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { ask } from "./responder.ts";
import { serveShop, type Shop } from "./shop.ts";
import { watched, type WatchedBucket } from "./watched-bucket.ts";

const question = { id_list: "10", k: "1" };
const shopOf = (probability: number): Shop => ({
  users: { 10: {} },
  items: { 1: {} },
  forUsers: { 10: { all: [["1", probability]], novel: [] } },
});
const answerOf = (probability: number): string =>
  `{"10":[{"item_id":1,"interaction_probability":${probability.toString()}}]}`;

async function served(refreshSeconds: number) {
  const store = await temporaryBucket();
  await serveShop(store, "core-1", shopOf(0.5));
  const bucket = watched(store);
  const app = createResponder({ bucket, config: ResponderConfig.parse({ refreshSeconds }) });
  onTestFinished(() => app.close());
  await app.ready();
  return { store, bucket, app };
}

function executionsOpen({ openFiles }: WatchedBucket): string[] {
  return [...new Set([...openFiles].map((path) => path.split("/")[1]!))].sort();
}

test("a request under way finishes on the files it began with, which are closed after it", async () => {
  const { store, bucket, app } = await served(0.02);
  const release = bucket.hold();
  const early = ask(app, "item-to-user", question);
  const earlyToo = ask(app, "item-to-user", question);
  await expect.poll(() => bucket.waiting()).toBe(2);
  await serveShop(store, "core-2", shopOf(0.25));
  await expect.poll(() => executionsOpen(bucket)).toEqual(["core-1", "core-2"]);
  await sleep(100);
  expect(executionsOpen(bucket)).toEqual(["core-1", "core-2"]);
  release();
  expect((await early).body).toBe(answerOf(0.5));
  expect((await earlyToo).body).toBe(answerOf(0.5));
  await expect.poll(() => executionsOpen(bucket)).toEqual(["core-2"]);
  expect((await ask(app, "item-to-user", question)).body).toBe(answerOf(0.25));
  expect(executionsOpen(bucket)).toEqual(["core-2"]);
});

test("a request that fails lets go of the files too", async () => {
  const { store, bucket, app } = await served(0.02);
  const release = bucket.hold();
  const early = ask(app, "item-to-user", question);
  await expect.poll(() => bucket.waiting()).toBe(1);
  await serveShop(store, "core-2", shopOf(0.25));
  await expect.poll(() => executionsOpen(bucket)).toEqual(["core-1", "core-2"]);
  release(new Error("the disk is gone"));
  expect((await early).statusCode).toBe(500);
  await expect.poll(() => executionsOpen(bucket)).toEqual(["core-2"]);
});

test("what is served already is not opened again, and the pointer is looked at as often as told", async () => {
  const { bucket, app } = await served(0.02);
  const before = [...bucket.openFiles];
  await expect.poll(() => bucket.looks()).toBeGreaterThan(4);
  expect([...bucket.openFiles]).toEqual(before);
  expect((await app.inject("/health/ready")).json()).toMatchObject({ execution: "core-1" });
});

test("a responder that looks every hour looks once", async () => {
  const { bucket } = await served(3600);
  await sleep(100);
  expect(bucket.looks()).toBe(1);
});

test("a closed responder holds no file and looks no more", async () => {
  const { bucket, app } = await served(0.02);
  expect(bucket.openFiles.size).toBeGreaterThan(0);
  await app.close();
  expect([...bucket.openFiles]).toEqual([]);
  const looks = bucket.looks();
  await sleep(100);
  expect(bucket.looks()).toBe(looks);
});
