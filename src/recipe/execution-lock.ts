import { identifyProcess, isProcessAlive, type ProcessIdentity } from "../jobs/index.ts";
import type { Bucket } from "../storage/index.ts";
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

/**
 * Makes this process the only one that runs an execution; a lock whose process has died is taken over.
 * A process is known by its number and its start, so that another with the same number is not taken
 * for it. This tells processes of one machine apart, which is all that share a folder bucket.
 *
 * @returns what releases the lock
 * @throws ExecutionRunningError if a living process holds it
 */
export async function lockExecution(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
): Promise<() => Promise<void>> {
  const { lock } = executionPaths(workflow, name);
  const own = JSON.stringify(identifyProcess(process.pid));
  for (;;) {
    const holder = await readText(bucket, lock);
    if (holder !== undefined) {
      const identity = JSON.parse(holder) as ProcessIdentity;
      if (isProcessAlive(identity)) {
        throw new ExecutionRunningError(
          `the ${workflow} execution "${name}" is running, in process ${identity.pid}; ` +
            `wait for it, or choose another name`,
        );
      }
    }
    if (await bucket.swap(lock, holder, own)) return () => bucket.removeAll(lock);
  }
}
