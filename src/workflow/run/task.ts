import { effectiveInput } from "../data-flow.ts";
import type { TaskState } from "../definition.ts";
import { WorkflowError } from "../error.ts";
import type { StateRun } from "../events.ts";
import type { Json } from "../json.ts";
import type { Documents } from "../path.ts";
import type { Machine } from "./machine.ts";

/** Runs a Task state's work within its time and gives its result. */
export async function runTask(
  machine: Machine,
  run: StateRun,
  state: TaskState,
  documents: Documents,
  { retry, signal }: { readonly retry: number; readonly signal: AbortSignal },
): Promise<Json> {
  const parameters = effectiveInput(state, documents);
  const settled = new AbortController();
  const timeout = new AbortController();
  if (state.timeoutSeconds !== undefined) {
    void machine.clock.sleep(state.timeoutSeconds * 1000, settled.signal).then(
      () => {
        timeout.abort(timeoutError(run, state));
      },
      () => undefined,
    );
  }
  try {
    const result = await machine.runTask({
      ...run,
      resource: state.resource,
      parameters,
      retry,
      signal: AbortSignal.any([signal, timeout.signal]),
      report: (progress) => {
        machine.tell({ type: "TaskProgress", ...run, progress });
      },
    });
    timeout.signal.throwIfAborted();
    return result;
  } catch (error) {
    if (timeout.signal.aborted) throw timeout.signal.reason;
    if (error instanceof WorkflowError) throw error;
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new WorkflowError(name, message);
  } finally {
    settled.abort();
  }
}

function timeoutError(run: StateRun, state: TaskState): WorkflowError {
  return new WorkflowError(
    "States.Timeout",
    `state "${run.state}" took longer than ${state.timeoutSeconds ?? 0} s`,
  );
}
