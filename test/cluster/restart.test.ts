import { afterEach, describe, expect, test } from "vitest";

import { openCluster } from "../../src/cluster/index.ts";
import { NO_REDIS, RedisServer } from "./redis-server.ts";
import { SmallCluster } from "./small-cluster.ts";

describe.skipIf(NO_REDIS !== undefined)("Redis goes away while shards run", () => {
  let redis: RedisServer | undefined;
  let cluster: SmallCluster | undefined;
  afterEach(async () => {
    await cluster?.stop();
    await redis?.stop();
  });

  test.each([
    { what: "and comes back with all it knew", keeps: true },
    { what: "and comes back empty", keeps: false },
  ])("$what: the job ends as ever", async ({ keeps }) => {
    redis = await RedisServer.start({ keeps });
    cluster = new SmallCluster(redis);
    await cluster.start("ann", "bob");
    cluster.hold();
    const { result } = await cluster.run("work", 3);
    await cluster.traced("begin 0");
    await redis.down();
    await redis.up();
    cluster.letGo();
    expect(await result).toMatchObject({ ExitMessage: '{"sum":7,"count":3}' });
    const ends = cluster.trace().filter((line) => line.startsWith("end"));
    expect(new Set(ends)).toEqual(new Set(["end 0", "end 1", "end 2"]));
  });

  test("and stays away: what runs is given up before anybody else could have it", async () => {
    redis = await RedisServer.start({ keeps: true });
    cluster = new SmallCluster(redis);
    await cluster.start("ann");
    cluster.hold();
    const { result } = await cluster.run("work", 1);
    await cluster.traced("begin 0");
    await redis.down();
    await new Promise((resume) => setTimeout(resume, 5_000)); // longer than a lease
    cluster.letGo();
    await new Promise((resume) => setTimeout(resume, 500));
    expect(cluster.trace()).toEqual(["begin 0"]);
    await redis.up();
    await result;
    expect(cluster.trace()).toEqual(["begin 0", "begin 0", "end 0"]);
  });
});

test.skipIf(NO_REDIS !== undefined)("a cluster can be left while Redis is away", async () => {
  const redis = await RedisServer.start();
  const cluster = await openCluster({ redis: redis.url, bucket: "/b", prefix: "p" });
  await cluster.workers();
  await redis.stop();
  await new Promise((resume) => setTimeout(resume, 300)); // now it tries to connect again
  const start = performance.now();
  await cluster.close();
  expect(performance.now() - start).toBeLessThan(5_000);
});
