import { readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { processRunner } from "../../src/jobs/index.ts";
import { processingCall } from "../jobs/request.ts";
import { HELD_JOB } from "./lease.ts";
import { NO_REDIS, RedisServer } from "./redis-server.ts";
import { SmallCluster } from "./small-cluster.ts";

describe.skipIf(NO_REDIS !== undefined)("jobs on the workers of a cluster", () => {
  let redis: RedisServer;
  let cluster: SmallCluster;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());
  beforeEach(() => {
    cluster = new SmallCluster(redis);
  });
  afterEach(() => cluster.stop());

  test("a job gives what it gives on one machine, with its workers; each shard is run once", async () => {
    await cluster.start("ann", "bob");
    const { result, call } = await cluster.run("work", 4);
    const here = processRunner({ folder: join(cluster.folder, "here"), entry: HELD_JOB });
    const onOneMachine = await here(
      processingCall("work", { instances: 4, environment: { FOLDER: tmpdir() } }),
    );
    const { Usage, ...rest } = (await result) as { Usage: { Worker: string }[] };
    expect(rest).toEqual({ ...(onOneMachine as object), Usage: undefined });
    expect(rest).toMatchObject({ ExitMessage: '{"sum":7,"count":4}' });
    expect(new Set(Usage.map(({ Worker }) => Worker))).toEqual(new Set(["ann", "bob"]));
    expect(cluster.trace().toSorted()).toEqual([
      ...[0, 1, 2, 3].map((shard) => `begin ${shard}`),
      ...[0, 1, 2, 3].map((shard) => `end ${shard}`),
    ]);
    expect(cluster.lines.map(({ host, text }) => `${host} ${text}`).toSorted()).toEqual(
      [0, 1, 2, 3].map((shard) => `algo-${shard + 1} line of ${shard}`),
    );
    expect(call.progress).toContainEqual({
      ...{ activity: "work", done: 1, total: 2 },
      ...{ host: expect.any(Number) as number, hosts: 4 },
    });
  });

  test("an address with a password is not handed to jobs", async () => {
    process.env["REDIS_URL"] = "redis://:secret@127.0.0.1:1";
    try {
      await cluster.start("ann");
      await (
        await cluster.run("work", 1)
      ).result;
      const trace = readFileSync(join(cluster.folder, "trace"), "utf8");
      expect(trace).toContain("begin 0 -");
    } finally {
      delete process.env["REDIS_URL"];
    }
  });

  test("a shard that fails ends the job with its words, and the other shards", async () => {
    await cluster.start("ann", "bob");
    const { result } = await cluster.run("fail", 2);
    await expect(result).rejects.toMatchObject({
      error: "RecSys.BadData",
      message: "a.csv:3: no number",
    });
    // The minute of sleep of the other was cut short: "work" finds workers.
    await expect.poll(() => cluster.running()).toEqual([]);
    await (
      await cluster.run("work", 2)
    ).result;
  });

  test("a process that is killed again and again is the instance's loss", async () => {
    await cluster.start("ann");
    const { result } = await cluster.run("die", 1);
    await expect(result).rejects.toMatchObject({ error: "RecSys.InstanceLost" });
    expect(cluster.lines.filter(({ text }) => text.includes("was lost"))).toHaveLength(1);
  });

  test("a worker that is killed loses its shard to another; the result has it once", async () => {
    await cluster.start("ann", "bob");
    cluster.hold();
    const { result } = await cluster.run("work", 2);
    await cluster.traced("begin 0");
    await cluster.traced("begin 1");
    await cluster.end(await cluster.workerOf("algo-1"), "SIGKILL");
    cluster.letGo();
    const { Usage } = (await result) as { Usage: { Worker: string }[] };
    expect(new Set(Usage.map(({ Worker }) => Worker)).size).toBe(1);
    expect(cluster.trace().filter((line) => line === "end 0")).toHaveLength(1);
    expect(cluster.trace().filter((line) => line === "begin 0")).toHaveLength(2);
    expect(cluster.lines.some(({ isError, text }) => isError && text.includes("was lost"))).toBe(
      true,
    );
  });

  test("a worker that is asked to end hands its shard back at once, and leaves nothing", async () => {
    await cluster.start("ann");
    cluster.hold();
    const { result } = await cluster.run("work", 1);
    await cluster.traced("begin 0");
    const [{ id } = { id: "" }] = await cluster.workers();
    await cluster.end("ann", "SIGTERM");
    expect((await cluster.workers()).map(({ name }) => name)).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => name.includes(id))).toEqual([]);
    cluster.letGo();
    await cluster.start("bob");
    const { Usage } = (await result) as { Usage: { Worker: string }[] };
    expect(Usage).toMatchObject([{ Worker: "bob" }]);
  });

  test("a job that is stopped stops on its workers", async () => {
    await cluster.start("ann");
    cluster.hold();
    const stop = new AbortController();
    const { result } = await cluster.run("work", 3, stop.signal);
    await cluster.traced("begin 0");
    stop.abort(new Error("enough"));
    await expect(result).rejects.toThrow("enough");
    cluster.letGo();
    await expect.poll(() => cluster.running()).toEqual([]);
    expect(cluster.trace()).toEqual(["begin 0"]);
  });

  test("who asks for the same work again, as a resumed execution does, gets what is under way or done", async () => {
    await cluster.start("ann");
    cluster.hold();
    const first = await cluster.run("work", 2);
    await cluster.traced("begin 0");
    const second = await cluster.run("work", 2);
    cluster.letGo();
    const [one, two] = await Promise.all([first.result, second.result]);
    expect(one).toEqual(two);
    expect(cluster.trace().toSorted()).toEqual(["begin 0", "begin 1", "end 0", "end 1"]);
  });

  test("without a worker it says what it waits for", async () => {
    const stop = new AbortController();
    const { result, call } = await cluster.run("work", 1, stop.signal);
    await expect
      .poll(() => call.progress)
      .toEqual([
        { activity: 'waiting for a worker: start "recsys worker" on one machine or several' },
      ]);
    stop.abort();
    await expect(result).rejects.toThrow();
  });
});
