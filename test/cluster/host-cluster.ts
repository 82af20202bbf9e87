import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, onTestFinished } from "vitest";

import { type Cluster, openCluster } from "../../src/cluster/index.ts";
import { engineHere, readExecution } from "../../src/recipe/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { RAW_FOLDER, RecSysConfig } from "../../src/schema/index.ts";
import type { Bucket } from "../../src/storage/index.ts";
import type { WorkflowEvent } from "../../src/workflow/index.ts";
import { createS3Bucket, openS3Bucket, type S3Server } from "../storage/s3/s3-server.ts";
import { HostWorkers } from "./host-workers.ts";
import { HUB, type Host } from "./hosts.ts";
import type { RedisServer } from "./redis-server.ts";

export const PREFIX = "shop";
export const SHOP = { users: 200, items: 80, interactions: 4000 };
const LEASE_SECONDS = 4;

/** Quick, and every step that divides divides into three. */
export function settings(runner: "process" | "bullmq"): RecSysConfig {
  const three = { instanceCount: 3 };
  return RecSysConfig.parse({
    runner,
    bucketPrefix: PREFIX,
    training: { maxEpochs: 2, embeddingSize: 16, rounds: 2 },
    evaluation: { bootstrapSamples: 100, gate: { threshold: 0, compareWithServed: false } },
    instances: { collector: three, training: three, evaluation: three, transform: three },
  });
}

/** sha256 of every object that does not tell when or where it was made. */
export async function sums(bucket: Bucket): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const { path } of await bucket.list("")) {
    if (/^executions\/|manifest\.json$|current\.json$/.test(path)) continue;
    const bytes = await bucket.read(path);
    found[path] = createHash("sha256").update(bytes).digest("hex");
  }
  expect(Object.keys(found).length).toBeGreaterThan(30);
  return found;
}

interface Parts {
  readonly hosts: readonly Host[];
  readonly redis: RedisServer;
  readonly server: S3Server;
}
let clusters = 0;

/** A bucket with a shop, and a worker on every host, for one test. */
export class HostCluster {
  readonly bucket: Bucket;
  readonly #parts: Parts;
  readonly #workers: HostWorkers;
  readonly #cluster: Cluster;
  /** Workers that are dead or cut off just now. */
  readonly #struck = new Set<string>();

  private constructor(parts: Parts, bucket: Bucket, workers: HostWorkers, cluster: Cluster) {
    this.#parts = parts;
    this.bucket = bucket;
    this.#workers = workers;
    this.#cluster = cluster;
  }

  static async start(parts: Parts): Promise<HostCluster> {
    const { hosts, redis, server } = parts;
    const name = `hosts-${++clusters}`;
    await createS3Bucket(server, name);
    const bucket = openS3Bucket(server, name, `${PREFIX}/`);
    await uploadShop(bucket);
    const place = ["--bucket", `s3://${name}`, "--set", `bucketPrefix=${PREFIX}`];
    const args = [
      "--redis",
      `redis://${HUB}:${redis.port}`,
      "--lease",
      String(LEASE_SECONDS),
      ...place,
    ];
    const environment = {
      ...server.environment,
      AWS_ENDPOINT_URL_S3: `http://${HUB}:${server.port}`,
    };
    const workers = new HostWorkers(hosts, args, environment);
    const meeting = { redis: redis.url, bucket: `s3://${name}`, prefix: PREFIX };
    const cluster = await openCluster(meeting);
    onTestFinished(async ({ task }) => {
      await workers.stop();
      if (task.result?.state === "fail") console.log(workers.said.join(""));
      expect(workers.died).toEqual([]);
      await cluster.close();
    });
    return new HostCluster(parts, bucket, workers, cluster);
  }

  /** Collector and core, with a step for each of three hosts where it divides. */
  async execute(onEvent: (event: WorkflowEvent) => void = () => undefined): Promise<void> {
    for (const workflow of ["collector", "core"] as const) {
      const run = { bucket: this.bucket, workflow, name: workflow, config: settings("bullmq") };
      const outcome = await engineHere(this.#parts.redis.url).execute({ ...run, onEvent });
      expect(outcome).toMatchObject({ status: "succeeded" });
    }
  }

  /** The workers whose work stands in the executions' records. */
  async usedWorkers(): Promise<readonly string[]> {
    const used = new Set<string>();
    for (const workflow of ["collector", "core"] as const) {
      const text = JSON.stringify(await readExecution(this.bucket, workflow, workflow));
      for (const [, name] of text.matchAll(/"Worker":"([^"]+)"/g)) used.add(name!);
    }
    return [...used].toSorted();
  }

  /** The workers that are at work in a step. */
  async workersIn(step: string): Promise<readonly string[]> {
    const workers = await this.#cluster.workers();
    return workers
      .filter(({ running }) => running.some((shard) => shard.step === step))
      .map(({ name }) => name)
      .filter((name) => !this.#struck.has(name)); // for some time a dead one is thought alive
  }

  async killFor(name: string, milliseconds: number): Promise<void> {
    this.#struck.add(name);
    await this.#workers.kill(name);
    await sleep(milliseconds);
    this.#workers.start(name);
    this.#struck.delete(name);
  }

  async cutFor(name: string, milliseconds: number): Promise<void> {
    this.#struck.add(name);
    const host = this.#workers.host(name);
    host.cut();
    await sleep(milliseconds);
    host.mend();
    this.#struck.delete(name);
  }

  /** As a machine that sleeps, or swaps: it wakes and thinks that no time has passed. */
  async freezeFor(name: string, milliseconds: number): Promise<void> {
    this.#struck.add(name);
    this.#workers.signal(name, "SIGSTOP");
    await sleep(milliseconds);
    this.#workers.signal(name, "SIGCONT");
    this.#struck.delete(name);
  }

  async withoutRedisFor(milliseconds: number): Promise<void> {
    await this.#parts.redis.down();
    await sleep(milliseconds);
    await this.#parts.redis.up();
  }
}

async function uploadShop(bucket: Bucket): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "recsys-shop-"));
  await writeSampleShop(folder, SHOP);
  for (const file of await readdir(folder)) {
    await bucket.upload(`${RAW_FOLDER}/${file}`, join(folder, file));
  }
  rmSync(folder, { recursive: true });
}
