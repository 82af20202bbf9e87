import type { Job as QueuedJob, Queue } from "bullmq";
import { z } from "zod";

import type { Progress } from "../schema/index.ts";
import { ShardEnd, ShardLine, type ShardOrder } from "./shard.ts";

/** Runs of a shard whose process is killed from outside. */
const MOST_RUNS = 2;
/** What nobody has fetched is kept so long, in seconds. */
const KEPT = { age: 7 * 86_400 };

const Lines = z.array(ShardLine);

/** Where an attempt at a shard is. `absent`: the queue knows nothing of it. */
export type AttemptState =
  | { readonly is: "absent" | "waiting" | "active" }
  | { readonly is: "done"; readonly end: ShardEnd; readonly milliseconds: number }
  | { readonly is: "failed"; readonly reason: string };

/** What one look at an attempt tells. */
export interface Look {
  readonly state: AttemptState;
  /** Printed since the last look. */
  readonly lines: readonly ShardLine[];
  /** What it last said that it does. */
  readonly progress: Progress | undefined;
  /** How often its worker was lost, or its process killed. */
  readonly restarts: number;
}

const NOTHING: Look = { state: { is: "absent" }, lines: [], progress: undefined, restarts: 0 };

/** One entry of the queue that asks for a shard. */
export class Attempt {
  readonly id: string;
  readonly #queue: Queue;
  readonly #order: ShardOrder;
  #rowsRead = 0;

  constructor(queue: Queue, id: string, order: ShardOrder) {
    this.#queue = queue;
    this.id = id;
    this.#order = order;
  }

  /** Puts it into the queue, if it is not there. */
  async issue(): Promise<void> {
    await this.#queue.add(this.#order.host, this.#order, {
      jobId: this.id,
      attempts: MOST_RUNS,
      removeOnComplete: KEPT,
      removeOnFail: KEPT,
    });
  }

  async look(): Promise<Look> {
    // In this order: when the state says done, the result and the last line are there.
    const is = await this.#queue.getJobState(this.id);
    const queued = await this.#queue.getJob(this.id);
    if (queued === undefined) return NOTHING;
    const { logs } = await this.#queue.getJobLogs(this.id, this.#rowsRead);
    this.#rowsRead += logs.length;
    return {
      state: stateOf(is, queued),
      lines: logs.flatMap((row) => Lines.parse(JSON.parse(row))),
      progress: typeof queued.progress === "object" ? (queued.progress as Progress) : undefined,
      restarts: restartsOf(queued),
    };
  }

  /** Takes it out of the queue, or tells the worker that has it to stop; is it out of the queue or at its end? */
  async withdraw(): Promise<boolean> {
    const queued = await this.#queue.getJob(this.id);
    if (queued === undefined || queued.finishedOn !== undefined) return true;
    try {
      await queued.remove();
      return true;
    } catch {
      // A worker has it.
      await queued.updateData({ ...this.#order, isStopped: true }).catch(() => undefined);
      return false;
    }
  }

  /** Forgets it, if no worker has it. */
  async forget(): Promise<void> {
    this.#rowsRead = 0;
    await (await this.#queue.getJob(this.id))?.remove().catch(() => undefined);
  }

  /** Asks anew for what was stopped. */
  async reissue(): Promise<void> {
    await this.forget();
    await this.issue();
  }
}

/** The run that ended it, well or not, is among those that were made. */
function restartsOf({ stalledCounter, attemptsMade, finishedOn }: QueuedJob): number {
  return stalledCounter + Math.max(0, attemptsMade - (finishedOn === undefined ? 0 : 1));
}

function stateOf(is: string, queued: QueuedJob): AttemptState {
  if (is === "completed") {
    const milliseconds = (queued.finishedOn ?? 0) - (queued.processedOn ?? 0);
    return { is: "done", end: ShardEnd.parse(queued.returnvalue), milliseconds };
  }
  if (is === "failed") return { is: "failed", reason: queued.failedReason };
  return { is: is === "active" ? "active" : "waiting" };
}
