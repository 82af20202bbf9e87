/**
 * What a cluster costs and gives on this machine, with a Redis of its own and the bucket in a folder:
 *
 * - overhead: jobs that do nothing, of as many hosts as shards, run by one worker one after the other, against the same number of jobs of one
 *   host each run by the process runner one after the other; a shard's share of what the queue adds.
 * - speed-up: the step Transform of a core execution in four shards, each on one thread, by two workers against one; on two cores the
 *   most that there can be is 2.
 *
 * `node bench/cluster.ts [ROWS]`; 200,000 rows of interactions by default. Exits with 1 where a shard costs more than a second on top, or
 * two workers are less than 1.3 times as fast as one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { type Meeting, openCluster, runWorker } from "../src/cluster/index.ts";
import { processRunner } from "../src/jobs/index.ts";
import { engineHere, JOB_ENTRY, readExecution, stepCosts } from "../src/recipe/index.ts";
import { writeSampleShop } from "../src/sample/index.ts";
import { RAW_FOLDER, RecSysConfig } from "../src/schema/index.ts";
import { folderBucket } from "../src/storage/index.ts";
import { NO_REDIS, RedisServer } from "../test/cluster/redis-server.ts";
import { processingCall } from "../test/jobs/request.ts";

const HELD_JOB = fileURLToPath(new URL("../test/cluster/held-job.ts", import.meta.url));
const PREFIX = "shop";
const SHARDS = 12;
const [MOST_OVERHEAD, LEAST_SPEED_UP] = [1, 1.3];

if (NO_REDIS === undefined) await measure(Number(process.argv[2] ?? 200_000));
else console.log(`not measured: ${NO_REDIS}`);

async function measure(rows: number): Promise<void> {
  const redis = await RedisServer.start();
  const folder = mkdtempSync(join(tmpdir(), "recsys-cluster-bench-"));
  try {
    const overhead = await overheadOf({ redis: redis.url, bucket: folder, prefix: "empty" });
    const speedUp = await speedUpOf({ redis: redis.url, bucket: folder, prefix: PREFIX }, rows);
    if (overhead > MOST_OVERHEAD || speedUp < LEAST_SPEED_UP) process.exitCode = 1;
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds that the cluster adds to a shard. */
async function overheadOf(meeting: Meeting): Promise<number> {
  const environment = { FOLDER: meeting.bucket };
  const here = processRunner({ folder: join(meeting.bucket, "here"), entry: HELD_JOB });
  const there = await withWorkers(meeting, 1, HELD_JOB, async () => {
    const cluster = await openCluster(meeting);
    const nothing = { onLog: () => undefined, onJobEnd: () => Promise.resolve() };
    const run = cluster.runner(nothing);
    await run(processingCall("work", { instances: 1, environment: { ...environment, N: "0" } }));
    const start = performance.now();
    await run(processingCall("work", { instances: SHARDS, environment }));
    const seconds = (performance.now() - start) / 1000;
    await cluster.close();
    return seconds;
  });
  const start = performance.now();
  for (let job = 0; job < SHARDS; job++) await here(processingCall("work", { environment }));
  const alone = (performance.now() - start) / 1000;
  const added = (there - alone) / SHARDS;
  console.log(
    `${SHARDS} shards that do nothing: ${there.toFixed(2)} s by a worker, ${alone.toFixed(2)} s as processes, ` +
      `${(there / alone).toFixed(2)} times; ${(added * 1000).toFixed(0)} ms a shard`,
  );
  return added;
}

/** How much faster two workers are than one. */
async function speedUpOf(meeting: Meeting, rows: number): Promise<number> {
  const bucket = folderBucket(meeting.bucket, PREFIX);
  const size = { users: Math.ceil(rows / 20), items: Math.ceil(rows / 50), interactions: rows };
  await writeSampleShop(join(meeting.bucket, PREFIX, RAW_FOLDER), size);
  const config = (runner: "process" | "bullmq") =>
    RecSysConfig.parse({
      runner,
      bucketPrefix: PREFIX,
      keepExecutions: 100,
      training: { threads: 1, maxEpochs: 2 },
      evaluation: { bootstrapSamples: 100, gate: { threshold: 0, compareWithServed: false } },
      instances: { transform: { instanceCount: 4 } },
    });
  const engine = engineHere(meeting.redis);
  for (const workflow of ["collector", "core"] as const) {
    await engine.execute({ bucket, workflow, name: workflow, config: config("process") });
  }
  const transform = (workers: number, run: number): Promise<number> =>
    withWorkers(meeting, workers, JOB_ENTRY, async () => {
      const name = `on-${workers}-${run}`;
      const more = { name, config: config("bullmq"), modelExecution: "core" };
      await engine.execute({ bucket, workflow: "core", ...more });
      const { events } = (await readExecution(bucket, "core", name))!;
      return stepCosts(events).find(({ step }) => step === "Transform")!.seconds;
    });
  const best = { one: Infinity, two: Infinity };
  for (let run = 0; run < 3; run++) {
    best.one = Math.min(best.one, await transform(1, run));
    best.two = Math.min(best.two, await transform(2, run));
  }
  const speedUp = best.one / best.two;
  console.log(
    `Transform of ${rows} rows in 4 shards: ${best.one.toFixed(1)} s by one worker, ${best.two.toFixed(1)} s by two: ` +
      `${speedUp.toFixed(2)} times as fast`,
  );
  return speedUp;
}

/** Does something while there are so many workers. */
async function withWorkers<T>(
  meeting: Meeting,
  count: number,
  entry: string,
  work: () => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const workers = Array.from({ length: count }, (_, index) =>
    runWorker({
      ...{ meeting, name: `worker-${index}`, slots: 1, entry, signal: stop.signal },
      note: () => undefined,
    }),
  );
  try {
    return await work();
  } finally {
    stop.abort(new Error("measured"));
    await Promise.all(workers);
  }
}
