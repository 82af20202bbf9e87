import type { Bucket } from "../storage/index.ts";
import { elsewhere, holderOf, thisProcess } from "./execution-holder.ts";
import { executionPaths, readText } from "./execution-record.ts";
import type { WorkflowName } from "./execution-name.ts";

/** The execution of this name is being run by a living process. */
export class ExecutionRunningError extends Error {
  override readonly name = "ExecutionRunningError";
}

/** The execution of this name has ended; names are used once (A24). */
export class ExecutionEndedError extends Error {
  override readonly name = "ExecutionEndedError";
}

const BEAT_MS = 15_000;
/** What whoever runs an execution holds. */
export interface ExecutionLock {
  /** Aborted when somebody else has taken the lock, as they may when this process was cut off from the bucket for long. */
  readonly lost: AbortSignal;
  /** Leaves the execution to a service that runs it by itself: it counts as running until {@link unlock | unlocked}. */
  handOver(place: string): Promise<void>;
  release(): Promise<void>;
}

/**
 * Makes this process the only one that runs an execution; the lock of a dead one is taken over.
 *
 * @throws ExecutionRunningError if a living process holds it
 */
export async function lockExecution(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
  beatMs = BEAT_MS,
): Promise<ExecutionLock> {
  const { lock } = executionPaths(workflow, name);
  let current = thisProcess();
  for (;;) {
    const known = await readText(bucket, lock);
    const holder = known === undefined ? undefined : holderOf(known);
    if (holder?.isAlive === true) {
      throw new ExecutionRunningError(
        `the ${workflow} execution "${name}" is running, ${holder.where}; ` +
          `wait for it, or choose another name`,
      );
    }
    if (await bucket.swap(lock, known, current)) break;
  }
  const lost = new AbortController();
  let beating = Promise.resolve();
  const beat = async (): Promise<void> => {
    const next = thisProcess();
    // A beat that fails for another reason than a thief is made up for by the next.
    const isOurs = await bucket.swap(lock, current, next).catch(() => undefined);
    if (isOurs === true) current = next;
    else if (isOurs === false && (await readText(bucket, lock)) !== current) {
      lost.abort(new Error(`another process has taken the ${workflow} execution "${name}" over`));
    }
  };
  const timer = setInterval(() => {
    beating = beating.then(beat, beat);
  }, beatMs).unref();
  const stopBeating = async (): Promise<void> => {
    clearInterval(timer);
    await beating.catch(() => undefined);
  };
  return {
    lost: lost.signal,
    async handOver(place) {
      await stopBeating();
      lost.signal.throwIfAborted();
      await bucket.swap(lock, current, elsewhere(place));
    },
    async release() {
      await stopBeating();
      if (!lost.signal.aborted) await bucket.remove(lock);
    },
  };
}

/** Frees an execution that a service ran, now that it has ended; one that a process is about to let go on is left to it. */
export async function unlock(bucket: Bucket, workflow: WorkflowName, name: string): Promise<void> {
  const { lock } = executionPaths(workflow, name);
  const holder = await readText(bucket, lock);
  if (holder !== undefined && holderOf(holder).isService) await bucket.remove(lock);
}
