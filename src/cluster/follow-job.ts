import { setTimeout as sleep } from "node:timers/promises";

import type { Queue } from "bullmq";

import { hostsOf, type Job, jobResult } from "../jobs/index.ts";
import type { ListedWorker } from "../schema/index.ts";
import type { Json, TaskCall } from "../workflow/index.ts";
import { Attempt } from "./attempt.ts";
import { Muster } from "./muster.ts";
import { type ShardLine, shardId } from "./shard.ts";
import { ShardWatch } from "./shard-watch.ts";
import { unlessAborted, type Wakeup } from "./wakeup.ts";

/** What a job is followed with. */
export interface FollowOptions {
  readonly queue: Queue;
  /** Rings when something in the queue has changed. */
  readonly wakeup: Wakeup;
  readonly listWorkers: () => Promise<readonly ListedWorker[]>;
  readonly leaseMs: number;
  readonly onLine: (host: string, line: ShardLine) => void;
}

/** The queue is looked at so often, even where nothing rings. */
const LOOK_MS = 1_000;
/** So often it is asked whether those that were told to stop have. */
const WITHDRAW_MS = 100;

/**
 * Has a job's shards run by workers and waits until all have done their work. When it resolves or rejects nobody is at work on
 * any of them any more, as far as can be known: a worker that is cut off has given up when its lease has run out.
 *
 * @throws WorkflowError of the first shard that failed
 * @throws the reason of the task's signal
 */
export async function followJob(task: TaskCall, job: Job, options: FollowOptions): Promise<Json> {
  const { signal } = task;
  const shards = hostsOf(job).map((host, index) => watch(task, job, { host, index }, options));
  try {
    await unlessAborted(Promise.all(shards.map((shard) => shard.issue())), signal);
    const muster = new Muster(options.listWorkers, (activity) => {
      task.report({ activity });
    });
    for (;;) {
      const pending = shards.filter(({ isSettled }) => !isSettled);
      const now = performance.now();
      await unlessAborted(Promise.all(pending.map((shard) => shard.look(now))), signal);
      const failed = shards.find(({ failure }) => failure !== undefined);
      if (failed?.failure !== undefined) throw failed.failure;
      if (shards.every(({ end }) => end !== undefined)) break;
      await unlessAborted(muster.hold(shards, now), signal);
      await options.wakeup.wait(LOOK_MS, signal);
    }
  } finally {
    await withdrawAll(shards, options);
  }
  return jobResult(
    job,
    shards.map(({ end }) => end!),
  );
}

function watch(
  task: TaskCall,
  job: Job,
  { host, index }: { readonly host: string; readonly index: number },
  { queue, leaseMs, onLine }: FollowOptions,
): ShardWatch {
  const { state, resource } = task;
  const order = { state, resource, request: job.request, host, isStopped: false };
  const id = shardId(job, host);
  let told = "";
  return new ShardWatch({
    host,
    title: `job ${job.name} on ${host}`,
    attempts: [new Attempt(queue, id, order), new Attempt(queue, `${id}/again`, order)],
    leaseMs,
    onLine: (line) => {
      onLine(host, line);
    },
    onProgress: (progress) => {
      const text = JSON.stringify(progress);
      if (text === told) return;
      told = text;
      task.report({ ...progress, host: index, hosts: job.instanceCount });
    },
  });
}

/** Sees to it that nobody works on the shards any more, and that the queue forgets them. */
async function withdrawAll(
  shards: readonly ShardWatch[],
  { leaseMs }: FollowOptions,
): Promise<void> {
  const settled = new AbortController();
  const withdraw = async (): Promise<void> => {
    while (!settled.signal.aborted) {
      const withdrawn = await Promise.all(shards.map((shard) => shard.withdraw()));
      if (withdrawn.every(Boolean)) break;
      await sleep(WITHDRAW_MS);
    }
    await Promise.all(shards.map((shard) => shard.forget()));
  };
  // Whoever does not hear it, since it is cut off or Redis is away, has given up by then.
  await Promise.race([
    withdraw().catch(() => undefined),
    sleep(leaseMs, undefined, { signal: settled.signal }).catch(() => undefined),
  ]);
  settled.abort();
}
