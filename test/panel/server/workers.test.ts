import { describe, expect, onTestFinished, test } from "vitest";

import { runWorker } from "../../../src/cluster/index.ts";
import { RecSysConfig, WorkersView } from "../../../src/schema/index.ts";
import { HELD_JOB } from "../../cluster/lease.ts";
import { NO_REDIS, RedisServer } from "../../cluster/redis-server.ts";
import { freePort } from "../../storage/s3/s3-server.ts";
import { temporaryBucket } from "../../storage/temporary-folder.ts";
import { addPerson, browser, panel } from "./panel.ts";

const { bucketPrefix: prefix } = RecSysConfig.parse({});

async function asking(redis?: string) {
  const bucket = await temporaryBucket();
  const { app, state } = await panel({ bucket, redis });
  addPerson(state, "vera", "viewer");
  const { ask } = await browser(app, "vera");
  const workers = async () => WorkersView.parse((await ask("GET", "/panel/api/workers")).json());
  return { bucket, workers };
}

test("a panel without Redis has no workers", async () => {
  const { workers } = await asking();
  expect(await workers()).toEqual({ redis: null, problem: null, workers: [] });
});

test("that Redis does not answer is told, without its password", async () => {
  const port = await freePort();
  const { workers } = await asking(`redis://:secret@127.0.0.1:${port}`);
  expect(await workers()).toEqual({
    redis: `redis://127.0.0.1:${port}`,
    problem: expect.stringMatching(/does not answer/) as string,
    workers: [],
  });
});

describe.skipIf(NO_REDIS !== undefined)("with Redis", () => {
  test("the workers of the panel's bucket are listed, while Redis is there", async () => {
    const redis = await RedisServer.start();
    onTestFinished(() => redis.stop());
    const { bucket, workers } = await asking(redis.url);
    const stop = new AbortController();
    const start = (name: string, place: string): void => {
      const meeting = { redis: redis.url, bucket: place, prefix };
      const running = runWorker({
        ...{ meeting, name, slots: 2, entry: HELD_JOB, signal: stop.signal, leaseMs: 1_000 },
        note: () => undefined,
      });
      onTestFinished(async () => {
        stop.abort(new Error("the test is over"));
        await running;
      });
    };
    start("ann", bucket.url);
    start("of-another-bucket", "/elsewhere");
    await expect
      .poll(async () => (await workers()).workers)
      .toMatchObject([{ name: "ann", state: "idle", slots: 2, running: [], done: 0 }]);
    await redis.down();
    expect(await workers()).toMatchObject({
      problem: expect.stringMatching(/does not answer/) as string,
    });
    await redis.up();
    await expect
      .poll(async () => (await workers()).workers.map(({ name }) => name))
      .toEqual(["ann"]);
  });
});
