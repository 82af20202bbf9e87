import { join } from "node:path";

import { type Job as QueuedJob, type Queue, UnrecoverableError, WaitingError } from "bullmq";

import { hostsOf, runHost } from "../jobs/index.ts";
import { WorkflowError } from "../workflow/index.ts";
import { holdLease } from "./lease.ts";
import { jobOf, type ShardEnd, ShardOrder, STOPPED, writeFailure } from "./shard.ts";
import { ShardReport } from "./shard-report.ts";
import type { WorkerState } from "./worker-state.ts";

/** What a worker runs its shards with. */
export interface ShardRunOptions {
  readonly queue: Queue;
  readonly state: WorkerState;
  readonly workerName: string;
  /** So many shards may be run at a time. */
  readonly slots: number;
  /** Local folder for the ML roots; this worker's alone. */
  readonly folder: string;
  /** The job binary's entry. */
  readonly entry: string;
  readonly leaseMs: number;
  /** Aborted when the worker is to hand its shards back. */
  readonly handBack: AbortSignal;
}

/** Share of a lease between SIGTERM and SIGKILL: with that of giving up it stays well below a whole one. */
const GRACE = 0.1;

/**
 * Runs a shard that the queue has given to this worker, as a child process.
 *
 * The child is ended when the lease is lost, nobody wants the result any more, or the worker leaves; in the last case
 * the shard goes back to the queue.
 *
 * @throws UnrecoverableError with a failure as text; Error, if another worker may have more luck
 */
export async function runShard(
  queued: QueuedJob,
  token: string,
  options: ShardRunOptions,
): Promise<ShardEnd> {
  const { queue, state, leaseMs, handBack } = options;
  const id = queued.id!;
  const order = ShardOrder.parse(queued.data);
  const job = jobOf(order);
  const stopped = new AbortController();
  const lease = holdLease(async () => {
    const isHeld = (await queued.extendLock(token, leaseMs)) === 1;
    // Its order may have changed meanwhile: that is how a worker is told that nobody wants it any more.
    const known = ShardOrder.safeParse((await queue.getJob(id))?.data);
    if (known.data?.isStopped === true) stopped.abort(new WorkflowError(STOPPED, "not wanted"));
    return isHeld;
  }, leaseMs);
  const report = new ShardReport({
    updateProgress: (progress) => queued.updateProgress(progress),
    log: (row) => queued.log(row),
  });
  state.begin(id, order, job);
  try {
    const end = await runHost({
      job,
      name: order.host,
      hosts: hostsOf(job),
      machineShares: options.slots,
      folder: join(options.folder, job.name, `${order.host}-${token.replaceAll(":", "-")}`),
      entry: options.entry,
      graceSeconds: (leaseMs * GRACE) / 1000,
      signal: AbortSignal.any([lease.signal, stopped.signal, handBack]),
      onProgress: (progress) => {
        state.progress(id, progress);
        report.progress(progress);
      },
      onLog: (text, isError) => {
        report.line(text, isError);
      },
    });
    await report.end();
    const shardEnd = { ...end, worker: options.workerName };
    state.end(id, { end: shardEnd });
    return shardEnd;
  } catch (error) {
    await report.end();
    const isLeft = lease.signal.aborted || handBack.aborted;
    state.end(id, isLeft || stopped.signal.aborted ? "lost" : "failed");
    if (!isLeft) throw queueError(error);
    // If it is another's by now, this is refused.
    await queued.moveToWait(token);
    throw new WaitingError();
  } finally {
    lease.end();
  }
}

/** Only where the process was killed from outside, as by a machine without memory, may another worker have more luck. */
function queueError(thrown: unknown): Error {
  const cause = thrown instanceof Error ? thrown.message : String(thrown);
  const error = thrown instanceof WorkflowError ? thrown.error : "States.TaskFailed";
  const text = writeFailure({ error, cause });
  return error === "RecSys.InstanceLost" ? new Error(text) : new UnrecoverableError(text);
}
