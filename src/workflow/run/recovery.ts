import type { Catcher, Retrier, State } from "../definition.ts";
import type { Failure } from "../events.ts";

/** Counts the retries of one visit of a state, each retrier on its own. */
export class Retries {
  readonly #retriers: readonly Retrier[];
  readonly #used: number[];
  readonly #type: State["type"];

  constructor(state: State) {
    this.#retriers = "retry" in state ? (state.retry ?? []) : [];
    this.#used = this.#retriers.map(() => 0);
    this.#type = state.type;
  }

  /** Seconds to wait before the state is run again, `undefined` if it is not. */
  delayAfter({ error }: Failure): number | undefined {
    const index = this.#retriers.findIndex((one) => names(one.errorEquals, error, this.#type));
    const retrier = this.#retriers[index];
    const used = this.#used[index];
    if (retrier === undefined || used === undefined || used >= (retrier.maxAttempts ?? 3)) {
      return undefined;
    }
    this.#used[index] = used + 1;
    const delay = (retrier.intervalSeconds ?? 1) * (retrier.backoffRate ?? 2) ** used;
    return Math.min(delay, retrier.maxDelaySeconds ?? Infinity);
  }
}

/** The catcher that takes a failure, if any. */
export function catcherOf(state: State, { error }: Failure): Catcher | undefined {
  const catchers = "catch" in state ? state.catch : undefined;
  return catchers?.find((catcher) => names(catcher.errorEquals, error, state.type));
}

function names(errors: readonly string[], error: string, type: State["type"]): boolean {
  if (error === "States.Runtime") return false; // the workflow itself is broken: nothing may hide it
  if (errors.includes(error) || errors.includes("States.ALL")) return true;
  return type === "Task" && error !== "States.Timeout" && errors.includes("States.TaskFailed");
}
