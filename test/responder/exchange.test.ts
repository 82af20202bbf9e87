import { setTimeout as sleep } from "node:timers/promises";

import { expect, onTestFinished, test } from "vitest";

import { type RunningResponder, serveResponder } from "../../src/responder/index.ts";
import { ResponderConfig } from "../../src/schema/index.ts";
import { type Bucket, type ObjectReader, publish } from "../../src/storage/index.ts";
import { pino } from "pino";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { serveShop, type Shop, writeShop } from "./shop.ts";

const stage = "batch_transform_inference_output";
const path =
  "/recommend/item-to-user?type=items2users&id_list=10&k=1&novel_only=0&return_attributes=0";

/** A shop in which user 10 is recommended item 1 with this probability. */
const shopOf = (probability: number): Shop => ({
  users: { 10: {} },
  items: { 1: {} },
  forUsers: { 10: { all: [["1", probability]], novel: [] } },
});
const answerOf = (probability: number): string =>
  `{"10":[{"item_id":1,"interaction_probability":${probability.toString()}}]}`;

async function serve(bucket: Bucket): Promise<RunningResponder> {
  const config = ResponderConfig.parse({ port: 0, refreshSeconds: 0.02 });
  const running = await serveResponder({ bucket, config, log: pino({ level: "silent" }) });
  onTestFinished(() => running.close());
  return running;
}

/** Asks until the answer is this one, at most 10 s. */
async function expectSoon(url: string, expected: string): Promise<void> {
  await expect
    .poll(async () => (await fetch(url + path)).text(), { timeout: 10_000 })
    .toBe(expected);
}

test("executions are exchanged under load without one failed request, and a roll-back is too", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-0", shopOf(0.5));
  const { url } = await serve(bucket);
  let going = true;
  const seen = new Set<string>();
  const failures: unknown[] = [];
  const asking = [1, 2, 3, 4].map(async () => {
    while (going) {
      try {
        const response = await fetch(url + path);
        if (response.status !== 200) failures.push(response.status);
        seen.add(await response.text());
      } catch (error) {
        failures.push(error);
      }
    }
  });
  const probabilities = [0.25, 0.125, 0.75];
  for (const [i, probability] of probabilities.entries()) {
    await serveShop(bucket, `core-${(i + 1).toString()}`, shopOf(probability));
    await expectSoon(url, answerOf(probability));
    await bucket.removeAll(`${stage}/core-${i.toString()}/`);
  }
  await serveShop(bucket, "core-2", shopOf(0.125));
  await expectSoon(url, answerOf(0.125));
  going = false;
  await Promise.all(asking);
  expect(failures).toEqual([]);
  expect([...seen].sort()).toEqual([0.5, ...probabilities].map(answerOf).sort());
});

test("the first execution is picked up by a responder that waits for it", async () => {
  const bucket = await temporaryBucket();
  const { url } = await serve(bucket);
  expect((await fetch(url + path)).status).toBe(503);
  await serveShop(bucket, "core-1", shopOf(0.5));
  await expectSoon(url, answerOf(0.5));
});

test("a broken execution is not served: the old one stays, until a whole one comes", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shopOf(0.5));
  const { url } = await serve(bucket);
  await writeShop(bucket, "core-2", shopOf(0.25));
  await bucket.write(`${stage}/core-2/users.index`, "rubbish");
  await publish(bucket, stage, "core-2");
  await expect
    .poll(async () => (await fetch(`${url}/metrics`)).text(), { timeout: 10_000 })
    .toMatch(/recsys_refresh_failures_total [1-9]/);
  expect(await (await fetch(url + path)).text()).toBe(answerOf(0.5));
  await serveShop(bucket, "core-3", shopOf(0.75));
  await expectSoon(url, answerOf(0.75));
});

test("a stop answers the requests under way and takes no more", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shopOf(0.5));
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow: Bucket = {
    ...bucket,
    async open(objectPath) {
      const reader = await bucket.open(objectPath);
      const read: ObjectReader["read"] = async (offset, length, target) => {
        if (offset >= 32) await held;
        return reader.read(offset, length, target);
      };
      return { bytes: reader.bytes, read, close: () => reader.close() };
    },
  };
  const running = await serve(slow);
  const answer = fetch(running.url + path);
  await sleep(200);
  const stopped = running.close();
  await sleep(50);
  release();
  expect(await (await answer).text()).toBe(answerOf(0.5));
  await stopped;
  await expect(fetch(running.url + path)).rejects.toThrow();
});
