import { once } from "node:events";

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { runWorker } from "../../src/cluster/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { readPointer } from "../../src/storage/index.ts";
import { NO_REDIS, RedisServer } from "../cluster/redis-server.ts";
import { createShop, FAKE_JOB, SERVING, type Shop, until } from "./shop.ts";

const ON_WORKERS = { runner: "bullmq" };
const { bucketPrefix: prefix } = RecSysConfig.parse({});

test("an execution whose runner is bullmq says that it needs Redis", async () => {
  const shop = createShop(ON_WORKERS);
  await expect(shop.execute("collector", "c")).rejects.toThrow(
    "the execution's runner is bullmq: say where Redis is, with --redis URL or REDIS_URL",
  );
  expect(shop.trace()).toEqual([]);
});

describe.skipIf(NO_REDIS !== undefined)("executions on workers", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());

  const startWorker = (shop: Shop, name: string): void => {
    const stop = new AbortController();
    const meeting = { redis: redis.url, bucket: shop.folder, prefix };
    const running = runWorker({
      ...{ meeting, name, slots: 2, entry: FAKE_JOB, signal: stop.signal },
      note: () => undefined,
    });
    onTestFinished(async () => {
      stop.abort(new Error("the test is over"));
      await running;
    });
  };

  test("Q51 Q56 Q58 both workflows do what they do on one machine, with the same logs", async () => {
    const shop = createShop(ON_WORKERS);
    startWorker(shop, "ann");
    for (const [workflow, name] of [
      ["collector", "c"],
      ["core", "m"],
    ] as const) {
      const outcome = await shop.execute(workflow, name, { redis: redis.url });
      expect(outcome).toMatchObject({ status: "succeeded" });
    }
    const jobs = "collect measure publish-data train evaluate compare refit merge publish";
    expect(shop.trace().toSorted()).toEqual(
      ["start", "end"]
        .flatMap((what) => [
          ...jobs.split(" ").map((job) => `${what} ${job} 0/1`),
          ...[0, 1].map((shard) => `${what} transform ${shard}/2`),
        ])
        .toSorted(),
    );
    expect(await readPointer(shop.bucket, SERVING)).toMatchObject({ execution: "m" });
    const log = await shop.bucket.read("executions/core/m/logs/recsys-m-train-0-0/algo-1.log");
    expect(Buffer.from(log).toString()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info log of train\n$/);
  }, 120_000);

  test("Q64 an execution whose process dies goes on with the shards that workers have meanwhile done", async () => {
    const shop = createShop(ON_WORKERS);
    startWorker(shop, "ann");
    await shop.execute("collector", "c", { redis: redis.url });
    shop.hold("transform");
    const first = shop.spawn("core", "m", redis.url);
    await until(
      () => shop.trace().filter((line) => line.startsWith("start transform")).length === 2,
    );
    const gone = once(first, "exit");
    first.kill("SIGKILL");
    await gone;
    shop.release("transform");
    await until(() => shop.trace().filter((line) => line.startsWith("end transform")).length === 2);
    const outcome = await shop.execute("core", "m", { redis: redis.url });
    expect(outcome).toMatchObject({ status: "succeeded" });
    const trace = shop.trace();
    expect(new Set(trace).size).toBe(trace.length); // nothing began twice
    expect(trace).toContain("end publish 0/1");
  }, 120_000);
});
