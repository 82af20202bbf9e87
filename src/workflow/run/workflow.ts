import { type Clock, systemClock } from "../clock.ts";
import { compileWorkflow } from "../compile/workflow.ts";
import type { Workflow } from "../definition.ts";
import type { Failure, Happening, Redirection, WorkflowEvent } from "../events.ts";
import type { Journal } from "../journal.ts";
import type { Json } from "../json.ts";
import { History } from "./history.ts";
import type { Machine, TaskRunner } from "./machine.ts";
import { runStates, StateError } from "./states.ts";

interface RunOptions {
  readonly name: string;
  readonly runTask: TaskRunner;
  readonly journal: Journal;
  /** Stops the execution for good: its journal then ends with ExecutionAborted. */
  readonly signal?: AbortSignal;
  /** Ends this process's part: tasks are told to stop, and the journal is left as a crash would leave it. */
  readonly suspend?: AbortSignal;
  /**
   * Lets an execution that has failed or was aborted go on: from the state that it was in, or from elsewhere.
   * Without effect on one that has not ended: that is resumed.
   */
  readonly redrive?: { readonly from?: Redirection };
  readonly clock?: Clock;
  readonly onEvent?: (event: WorkflowEvent) => void;
}

/** How an execution ended. */
export type Outcome =
  | { readonly status: "succeeded"; readonly output: Json }
  | ({ readonly status: "failed"; readonly state: string } & Failure)
  | { readonly status: "aborted" };

/**
 * Runs a workflow to its end.
 *
 * A journal that already holds events is resumed: states, iterations and branches that had finished
 * are not run again, one that was running is run again, and retries go on counting. A journal
 * that has an end only gives it back, unless it is redriven: then the state that failed or was stopped is
 * run once more, its retries counted anew. The caller sees to it that one process at a time does this.
 *
 * @throws DefinitionError if the workflow does not compile
 * @throws the reason of `suspend`, if that is aborted before the end
 */
export async function runWorkflow(
  workflow: Workflow,
  input: Json,
  options: RunOptions,
): Promise<Outcome> {
  compileWorkflow(workflow);
  const { name, journal, signal = never(), suspend = never(), redrive } = options;
  const earlier = await journal.readAll();
  const ended = outcomeOf(earlier);
  if (ended !== undefined && (redrive === undefined || ended.status === "succeeded")) return ended;

  let machine = createMachine(new History(earlier), options);
  if (ended !== undefined) {
    const redriven = await machine.record({ type: "ExecutionRedriven", ...redrive });
    machine = createMachine(new History([...earlier, redriven]), options);
  } else if (earlier.length > 0) {
    await machine.record({ type: "ExecutionResumed" });
  }
  const started = await machine.record({ type: "ExecutionStarted", name, input });
  const execution = {
    Name: started.name,
    Input: started.input,
    StartTime: started.time,
    RedriveCount: machine.history.redrives,
  };
  const scope = {
    path: [],
    context: { Execution: execution },
    signal: AbortSignal.any([signal, suspend]),
  };
  try {
    const { restart } = machine.history;
    const output = await runStates(machine, workflow, started.input, scope, restart);
    await machine.record({ type: "ExecutionSucceeded", output });
    return { status: "succeeded", output };
  } catch (error) {
    if (signal.aborted) {
      await machine.record({ type: "ExecutionAborted" });
      return { status: "aborted" };
    }
    suspend.throwIfAborted();
    if (!(error instanceof StateError)) throw error;
    const failure = { state: error.state, error: error.error, cause: error.message };
    await machine.record({ type: "ExecutionFailed", ...failure });
    return { status: "failed", ...failure };
  }
}

/** How the execution of a journal ended, `undefined` if it has not. */
export function outcomeOf(events: readonly WorkflowEvent[]): Outcome | undefined {
  const last = events.at(-1);
  if (last === undefined) return undefined;
  if (last.type === "ExecutionSucceeded") return { status: "succeeded", output: last.output };
  if (last.type === "ExecutionAborted") return { status: "aborted" };
  if (last.type !== "ExecutionFailed") return undefined;
  return { status: "failed", state: last.state, error: last.error, cause: last.cause };
}

/** Events that say something new each time. */
const REPEATED: ReadonlySet<string> = new Set(["ExecutionResumed", "ExecutionRedriven"]);

function never(): AbortSignal {
  return new AbortController().signal;
}

function createMachine(history: History, options: RunOptions): Machine {
  const { journal, runTask, clock = systemClock, onEvent = () => undefined } = options;
  const timed = (happening: Happening): WorkflowEvent => ({
    time: new Date(clock.now()).toISOString(),
    ...happening,
  });
  const record = async (happening: Happening, signal?: AbortSignal): Promise<WorkflowEvent> => {
    signal?.throwIfAborted();
    const same = REPEATED.has(happening.type) ? undefined : history.findSame(happening);
    if (same !== undefined) return same;
    const event = timed(happening);
    await journal.append(event);
    onEvent(event);
    return event;
  };
  const machine: Machine = {
    clock,
    runTask,
    history,
    record: record as Machine["record"],
    tell: (happening) => {
      onEvent(timed(happening));
    },
    runStates: (nested, input, scope) => runStates(machine, nested, input, scope),
  };
  return machine;
}
