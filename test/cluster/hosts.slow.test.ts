import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { engineHere } from "../../src/recipe/index.ts";
import { RAW_FOLDER } from "../../src/schema/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { folderBucket } from "../../src/storage/index.ts";
import { NO_S3_SERVER, type S3Server, startS3Server } from "../storage/s3/s3-server.ts";
import { HostCluster, PREFIX, settings, SHOP, sums } from "./host-cluster.ts";
import { makeHosts, NO_HOSTS, offer } from "./hosts.ts";
import { NO_REDIS, RedisServer } from "./redis-server.ts";
import { Strikes, type Strike } from "./strikes.ts";

/** The steps whose work is divided. */
const DIVIDED = ["Collect", "EvaluatedRound", "Evaluate", "ServedRound", "Transform"];

const skip = NO_HOSTS ?? NO_REDIS ?? NO_S3_SERVER;
if (skip !== undefined) console.log(`skipped: ${skip}`);

describe.skipIf(skip !== undefined)("three hosts, a Redis and an S3 server", () => {
  let made: ReturnType<typeof makeHosts>;
  let redis: RedisServer;
  let server: S3Server;
  let offers: readonly Server[];
  /** What one machine makes in a folder. */
  let expected: object;
  beforeAll(async () => {
    made = makeHosts(3);
    redis = await RedisServer.start({ keeps: true });
    server = await startS3Server();
    offers = await Promise.all([offer(redis.port), offer(server.port)]);
    const folder = mkdtempSync(join(tmpdir(), "recsys-one-machine-"));
    const bucket = folderBucket(folder, PREFIX);
    await writeSampleShop(join(folder, PREFIX, RAW_FOLDER), SHOP);
    for (const workflow of ["collector", "core"] as const) {
      const run = { bucket, workflow, name: workflow, config: settings("process") };
      expect(await engineHere().execute(run)).toMatchObject({ status: "succeeded" });
    }
    expected = await sums(bucket);
    rmSync(folder, { recursive: true });
  }, 600_000);
  afterAll(async () => {
    for (const each of offers) each.close();
    await server.stop();
    await redis.stop();
    made.remove();
  });

  test("make what one machine makes, byte for byte", async () => {
    const cluster = await HostCluster.start({ hosts: made.hosts, redis, server });
    await cluster.execute();
    expect(await sums(cluster.bucket)).toEqual(expected);
    expect(await cluster.usedWorkers()).toEqual(made.hosts.map(({ name }) => name));
  });

  test.each<{ what: string; strike: Strike }>([
    { what: "a worker is killed", strike: (cluster, name) => cluster.killFor(name, 2_000) },
    { what: "a host is cut off", strike: (cluster, name) => cluster.cutFor(name, 7_000) },
    { what: "a host is frozen", strike: (cluster, name) => cluster.freezeFor(name, 6_000) },
    { what: "Redis is restarted", strike: (cluster) => cluster.withoutRedisFor(1_500) },
  ])(
    "while in every step $what: the same",
    async ({ strike }) => {
      const cluster = await HostCluster.start({ hosts: made.hosts, redis, server });
      const strikes = new Strikes(cluster, strike);
      await cluster.execute((event) => {
        strikes.hear(event);
      });
      await strikes.settled();
      expect(await sums(cluster.bucket)).toEqual(expected);
      expect([...strikes.hit]).toEqual(expect.arrayContaining(DIVIDED));
      // A quick job of one instance may have ended by itself just before.
      expect(strikes.hit.size).toBeGreaterThanOrEqual(12);
      console.log(`struck in ${[...strikes.hit].join(", ")}`);
    },
    1_500_000,
  );
});
