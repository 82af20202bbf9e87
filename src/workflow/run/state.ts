import { effectiveInput, stateOutput } from "../data-flow.ts";
import type { ChoiceState, FailState, State } from "../definition.ts";
import { runtimeError, WorkflowError } from "../error.ts";
import type { StateRun } from "../events.ts";
import type { Json } from "../json.ts";
import { type Documents, parsePath, read } from "../path.ts";
import { holds } from "./condition.ts";
import type { Machine } from "./machine.ts";
import { runMap } from "./map.ts";
import { runParallel } from "./parallel.ts";
import { runTask } from "./task.ts";
import { wait } from "./wait.ts";

/** How a state ended well. */
interface Success {
  readonly output: Json;
  readonly result?: Json;
  readonly next: string | null;
}

export interface Attempt {
  readonly run: StateRun;
  readonly retry: number;
  readonly enteredAt: string;
  readonly signal: AbortSignal;
}

/** @throws WorkflowError if the state fails */
export async function runState(
  machine: Machine,
  state: State,
  documents: Documents,
  attempt: Attempt,
): Promise<Success> {
  const { run, signal, enteredAt } = attempt;
  switch (state.type) {
    case "Task": {
      const result = await runTask(machine, run, state, documents, attempt);
      return { output: stateOutput(state, documents, result), result, next: state.next ?? null };
    }
    case "Map": {
      const result = await runMap(machine, run, state, documents, signal);
      return { output: stateOutput(state, documents, result), next: state.next ?? null };
    }
    case "Parallel": {
      const result = await runParallel(machine, run, state, documents, signal);
      return { output: stateOutput(state, documents, result), next: state.next ?? null };
    }
    case "Pass": {
      const { result = effectiveInput(state, documents) } = state;
      return { output: stateOutput(state, documents, result), next: state.next ?? null };
    }
    case "Choice": {
      const input = effectiveInput(state, documents);
      const next = choose(state, { ...documents, data: input });
      return { output: stateOutput(state, documents, input), next };
    }
    case "Wait": {
      const input = effectiveInput(state, documents);
      await wait(machine, state, { ...documents, data: input }, enteredAt, signal);
      return { output: stateOutput(state, documents, input), next: state.next ?? null };
    }
    case "Succeed": {
      const input = effectiveInput(state, documents);
      return { output: stateOutput(state, documents, input), next: null };
    }
    case "Fail":
      throw new WorkflowError(state.error, causeOf(state, documents));
  }
}

function choose(state: ChoiceState, documents: Documents): string {
  const next = state.choices.find((rule) => holds(rule, documents))?.next ?? state.default;
  if (next === undefined) {
    const data = JSON.stringify(documents.data).slice(0, 300);
    throw new WorkflowError("States.NoChoiceMatched", `no rule matches ${data}`);
  }
  return next;
}

function causeOf({ cause }: FailState, documents: Documents): string {
  if (typeof cause === "string") return cause;
  const value = read(parsePath(cause.path), documents);
  if (typeof value === "string") return value;
  throw runtimeError(`"${cause.path}" must lead to a string, got ${JSON.stringify(value)}`);
}
