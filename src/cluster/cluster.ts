import { setTimeout as sleep } from "node:timers/promises";

import { Queue, QueueEvents } from "bullmq";

import { type Job, type JobLine, parseJob } from "../jobs/index.ts";
import type { ListedWorker } from "../schema/index.ts";
import type { TaskRunner } from "../workflow/index.ts";
import { listWorkers } from "./announcement.ts";
import { connect } from "./connection.ts";
import { followJob } from "./follow-job.ts";
import { keysOf, type Meeting } from "./meeting.ts";
import { Wakeup } from "./wakeup.ts";
import { LEASE_MS } from "./worker.ts";

const CLOSING_MS = 1_000;

interface RunnerOptions {
  readonly onLog: (line: JobLine) => void;
  /** Called when a job's last line has been logged, however it ended. */
  readonly onJobEnd: (job: Job) => Promise<void>;
  /** The workers' lease. */
  readonly leaseMs?: number;
}

/** A connection to the machines that run shards for a bucket. */
export interface Cluster {
  /** Runs jobs on them. What one gives is what a job on this machine gives, with each host's worker beside its cost. */
  readonly runner: (options: RunnerOptions) => TaskRunner;
  readonly workers: () => Promise<readonly ListedWorker[]>;
  readonly close: () => Promise<void>;
}

/** @throws ClusterError if Redis cannot be reached */
export async function openCluster(meeting: Meeting): Promise<Cluster> {
  const keys = keysOf(meeting);
  const redis = await connect(meeting.redis);
  const backend = { connection: redis, prefix: keys.prefix } as const;
  const queue = new Queue(keys.queue, backend);
  const events = new QueueEvents(keys.queue, backend);
  const wakeup = new Wakeup();
  const ring = (): void => {
    wakeup.ring();
  };
  events.on("completed", ring).on("failed", ring);
  const ignore = (): void => undefined; // what is missed while the server is away, a look finds
  queue.on("error", ignore);
  events.on("error", ignore);
  const workers = (): Promise<readonly ListedWorker[]> => listWorkers(redis, keys);
  return {
    runner: ({ onLog, onJobEnd, leaseMs = LEASE_MS }) => {
      const common = { queue, wakeup, listWorkers: workers, leaseMs };
      return async (task) => {
        const job = parseJob(task.resource, task.parameters);
        const names = { job: job.name, state: task.state };
        try {
          return await followJob(task, job, {
            ...common,
            onLine: (host, line) => {
              onLog({ ...names, host, ...line });
            },
          });
        } finally {
          await onJobEnd(job);
        }
      };
    },
    workers,
    close: async () => {
      // With the connection cut first nothing waits for a server that has gone away; a connection that is just being
      // made anew never tells that it was given up.
      redis.disconnect();
      const closed = Promise.allSettled([events.close(), queue.close()]);
      await Promise.race([closed, sleep(CLOSING_MS)]);
    },
  };
}
