import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { expect } from "vitest";

import { type Cluster, openCluster } from "../../src/cluster/index.ts";
import type { JobLine } from "../../src/jobs/index.ts";
import type { ListedWorker, RunningShard } from "../../src/schema/index.ts";
import type { Json, TaskCall } from "../../src/workflow/index.ts";
import { processingCall } from "../jobs/request.ts";
import { LEASE_MS } from "./lease.ts";
import type { RedisServer } from "./redis-server.ts";

const WORKER = fileURLToPath(new URL("./worker-process.ts", import.meta.url));

/** Workers in processes of their own, and a cluster that has jobs run by them. */
export class SmallCluster {
  /** What the job `work` of held-job.ts writes and heeds. */
  readonly folder = mkdtempSync(join(tmpdir(), "recsys-cluster-"));
  readonly redis: RedisServer;
  readonly lines: JobLine[] = [];
  readonly #workers = new Map<string, ChildProcess>();
  readonly #clusters: Cluster[] = [];

  constructor(redis: RedisServer) {
    this.redis = redis;
  }

  /** Starts workers and waits until they are listed. */
  async start(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const worker = spawn(process.execPath, [WORKER, name, this.redis.url, this.folder], {
        stdio: ["ignore", "ignore", "pipe"],
      });
      worker.stderr.resume();
      this.#workers.set(name, worker);
    }
    await expect
      .poll(async () => (await this.workers()).map(({ name }) => name), { timeout: 20_000 })
      .toEqual(expect.arrayContaining([...names]));
  }

  async open(): Promise<Cluster> {
    const { url } = this.redis;
    const cluster = await openCluster({ redis: url, bucket: this.folder, prefix: "p" });
    this.#clusters.push(cluster);
    return cluster;
  }

  async workers(): Promise<readonly ListedWorker[]> {
    const cluster = this.#clusters[0] ?? (await this.open());
    return cluster.workers();
  }

  /** Has a job of held-job.ts run on so many hosts. */
  async run(
    job: string,
    instances: number,
    signal?: AbortSignal,
  ): Promise<{ result: Promise<Json>; call: TaskCall & { readonly progress: Json[] } }> {
    const call = processingCall(job, {
      instances,
      environment: {
        FOLDER: this.folder,
        RECSYS_WORKFLOW: "core",
        RECSYS_EXECUTION: "core-7",
      },
      ...(signal === undefined ? {} : { signal }),
    });
    const runTask = (await this.open()).runner({
      onLog: (line) => this.lines.push(line),
      onJobEnd: () => Promise.resolve(),
      leaseMs: LEASE_MS,
    });
    const result = runTask(call);
    result.catch(() => undefined);
    return { result, call };
  }

  /** The shards that workers have, as they say. */
  async running(): Promise<readonly RunningShard[]> {
    return (await this.workers()).flatMap(({ running }) => running);
  }

  hold(): void {
    writeFileSync(join(this.folder, "hold"), "");
  }

  letGo(): void {
    rmSync(join(this.folder, "hold"));
  }

  /** What `work` has written so far: "begin 0", "end 0"; the order of hosts is chance. */
  trace(): readonly string[] {
    const file = join(this.folder, "trace");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").trim().split("\n");
    return lines.map((line) => line.split(" ").slice(0, 2).join(" "));
  }

  async traced(line: string, times = 1): Promise<void> {
    await expect
      .poll(() => this.trace().filter((each) => each === line).length, { timeout: 30_000 })
      .toBe(times);
  }

  /** The process that began the work of a shard first. */
  processOf(shard: number): number {
    const lines = readFileSync(join(this.folder, "trace"), "utf8").split("\n");
    const begin = lines.find((line) => line.startsWith(`begin ${shard} `))!;
    return Number(begin.split(" ")[3]);
  }

  /** The worker that has a shard of this host. */
  async workerOf(host: string): Promise<string> {
    for (;;) {
      const workers = await this.workers();
      const found = workers.find(({ running }) => running.some((shard) => shard.host === host));
      if (found !== undefined) return found.name;
      await sleep(50);
    }
  }

  /** Ends a worker; resolves when its process is gone. */
  async end(name: string, how: "SIGKILL" | "SIGTERM"): Promise<void> {
    const worker = this.#workers.get(name)!;
    this.#workers.delete(name);
    const gone = once(worker, "exit");
    worker.kill(how);
    await gone;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#workers.keys()].map((name) => this.end(name, "SIGKILL")));
    await Promise.all(this.#clusters.map((cluster) => cluster.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
