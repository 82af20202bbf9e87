import { combine } from "../data-flow.ts";
import type { State, Workflow } from "../definition.ts";
import { WorkflowError } from "../error.ts";
import type { StateRun, WorkflowEvent } from "../events.ts";
import type { Json } from "../json.ts";
import type { Documents } from "../path.ts";
import type { Restart } from "./history.ts";
import type { Machine, Scope } from "./machine.ts";
import { catcherOf, Retries } from "./recovery.ts";
import { type Attempt, runState } from "./state.ts";

type StateEnd = Extract<WorkflowEvent, { readonly type: "StateSucceeded" | "StateFailed" }>;

/** A state of this workflow failed, and nothing caught it. */
export class StateError extends WorkflowError {
  readonly state: string;

  constructor(state: string, error: string, cause: string) {
    super(error, cause);
    this.state = state;
  }
}

/**
 * Walks through a workflow from its first state, or where it was told to go on, to its end and gives the
 * last output.
 *
 * @throws StateError if a state fails and nothing catches it
 */
export async function runStates(
  machine: Machine,
  workflow: Workflow,
  input: Json,
  scope: Scope,
  restart?: Restart,
): Promise<Json> {
  const runs = new Map<string, number>(restart?.runs);
  const startRun = (state: string): StateRun => {
    const run = (runs.get(state) ?? 0) + 1;
    runs.set(state, run);
    return { path: scope.path, state, run };
  };
  let data = restart?.input ?? input;
  let name: string | null = restart?.state ?? workflow.startAt;
  while (name !== null) {
    const state: string = name;
    const visited = await visit(machine, workflow.states[state]!, data, scope, () =>
      startRun(state),
    );
    data = visited.output;
    name = visited.next;
  }
  return data;
}

/** Runs a state until it succeeds, is caught, or fails for good. */
async function visit(
  machine: Machine,
  state: State,
  data: Json,
  { context, signal }: Scope,
  startRun: () => StateRun,
): Promise<{ readonly output: Json; readonly next: string | null }> {
  let retries = new Retries(state);
  for (let retry = 0; ; retry++) {
    const run = startRun();
    const { time: enteredAt } = await machine.record(
      { type: "StateEntered", ...run, input: data },
      signal,
    );
    if (machine.history.wasRedriven(run)) {
      retries = new Retries(state);
      // A state with states of its own goes on in the run it was in: that run's finished ones are kept.
      retry = hasBranches(state) ? 0 : -1;
      if (!hasBranches(state)) continue;
    }
    const documents = { data, context: { ...context, State: { RetryCount: retry } } };
    const end = await attempt(machine, state, documents, { run, retry, enteredAt, signal });
    if (end.type === "StateSucceeded") return end;

    const delaySeconds = retries.delayAfter(end);
    if (delaySeconds !== undefined) {
      await machine.record(
        { type: "StateRetried", ...run, retry: retry + 1, delaySeconds },
        signal,
      );
      const left = Date.parse(end.time) + delaySeconds * 1000 - machine.clock.now();
      await machine.clock.sleep(Math.max(0, left), signal);
      continue;
    }
    const catcher = catcherOf(state, end);
    if (catcher === undefined) throw new StateError(run.state, end.error, end.cause);
    const output = combine(catcher.resultPath, data, { Error: end.error, Cause: end.cause });
    return machine.record({ type: "StateCaught", ...run, next: catcher.next, output }, signal);
  }
}

function hasBranches({ type }: State): boolean {
  return type === "Map" || type === "Parallel";
}

async function attempt(
  machine: Machine,
  state: State,
  documents: Documents,
  { run, signal, ...rest }: Attempt,
): Promise<StateEnd> {
  const known =
    machine.history.find("StateSucceeded", run) ?? machine.history.find("StateFailed", run);
  if (known !== undefined) return known;
  try {
    const success = await runState(machine, state, documents, { run, signal, ...rest });
    return await machine.record({ type: "StateSucceeded", ...run, ...success }, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof WorkflowError)) throw error;
    const { error: name, message: cause } = error;
    return machine.record({ type: "StateFailed", ...run, error: name, cause }, signal);
  }
}
