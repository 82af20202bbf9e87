import { once } from "node:events";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";

import { Announcement } from "./announcement.ts";
import { connect } from "./connection.ts";
import { keysOf, type Meeting } from "./meeting.ts";
import { runShard } from "./run-shard.ts";
import { makeWorkerFolder } from "./worker-folder.ts";
import { WorkerState } from "./worker-state.ts";

export interface WorkerOptions {
  readonly meeting: Meeting;
  /** How people call it. */
  readonly name: string;
  /** Shards at a time. */
  readonly slots: number;
  /** The job binary's entry. */
  readonly entry: string;
  /** Ends the worker: its shards go back to the queue. */
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
  /**
   * After so long without a word from it, another worker gets its shards.
   *
   * @default {@link LEASE_MS}
   */
  readonly leaseMs?: number;
}

export const LEASE_MS = 15_000;
/** So often may a shard lose its worker before the work itself is taken for the cause. */
const MOST_LOSSES = 3;

/**
 * Runs shards of a cluster's executions, until the signal ends it.
 *
 * A server that goes away is waited for; what runs then is given up before another worker can get it.
 *
 * @throws ClusterError if Redis cannot be reached at the start
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { meeting, name, slots, entry, signal, note, leaseMs = LEASE_MS } = options;
  delete process.env["REDIS_URL"]; // what it runs need not know the password
  const keys = keysOf(meeting);
  const redis = await connect(meeting.redis);
  const state = new WorkerState({ name, slots, leaseMs });
  const folder = await makeWorkerFolder(state.id);
  const handBack = new AbortController();
  const backend = { connection: redis, prefix: keys.prefix } as const;
  const queue = new Queue(keys.queue, backend);
  const announcement = new Announcement(redis, keys, () => state.describe());
  state.onChange = () => {
    announcement.say();
  };
  const common = { queue, state, workerName: name, slots, folder, entry, leaseMs };
  const worker = new Worker(
    keys.queue,
    (queued, token) => runShard(queued, token!, { ...common, handBack: handBack.signal }),
    {
      ...backend,
      name,
      concurrency: slots,
      lockDuration: leaseMs,
      skipLockRenewal: true, // runShard renews it, and gives up in time
      stalledInterval: Math.round(leaseMs / 3),
      maxStalledCount: MOST_LOSSES,
      runRetryDelay: 1_000,
    },
  );
  noteTroubles(worker, redis, note);
  queue.on("error", () => undefined);
  worker.on("active", ({ id }) => {
    note(`begun   ${id ?? ""}`);
  });
  worker.on("completed", ({ id }) => {
    note(`done    ${id ?? ""}`);
  });
  worker.on("failed", (job) => {
    note(`failed  ${job?.id ?? ""}: ${job?.failedReason ?? ""}`);
  });
  try {
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    const closed = worker.close(); // it takes no more
    handBack.abort(signal.reason);
    // Without a server nothing can be handed back: the leases run out.
    await Promise.race([closed.then(() => announcement.end()), sleep(leaseMs)]);
    await queue.close();
    redis.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Says once that the server has gone, and once that it is there again. */
function noteTroubles(worker: Worker, redis: Redis, note: (line: string) => void): void {
  let isAway = false;
  worker.on("error", (error) => {
    if (/Missing (lock|key)|Lock mismatch/.test(error.message)) {
      note("lost    a shard: another worker has it, or nobody wants it any more");
    } else if (!isAway) {
      isAway = true;
      note(`Redis: ${error.message}; going on as soon as it lets us`);
    }
  });
  redis.on("ready", () => {
    if (isAway) note("Redis is there again");
    isAway = false;
  });
}
