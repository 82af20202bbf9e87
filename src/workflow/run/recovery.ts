import type { Catcher, Retrier, State } from "../definition.ts";
import type { Failure } from "../events.ts";

/** Counts the retries of one visit of a state, each retrier on its own. */
export class Retries {
  readonly #counts: readonly { readonly retrier: Retrier; used: number }[];
  readonly #type: State["type"];

  constructor(state: State) {
    const retriers = "retry" in state ? (state.retry ?? []) : [];
    this.#counts = retriers.map((retrier) => ({ retrier, used: 0 }));
    this.#type = state.type;
  }

  /** Seconds to wait before the state is run again, `undefined` if it is not. */
  delayAfter({ error }: Failure): number | undefined {
    const count = this.#counts.find(({ retrier }) => names(retrier.errorEquals, error, this.#type));
    if (count === undefined || count.used >= (count.retrier.maxAttempts ?? 3)) return undefined;
    const { intervalSeconds = 1, backoffRate = 2, maxDelaySeconds = Infinity } = count.retrier;
    return Math.min(intervalSeconds * backoffRate ** count.used++, maxDelaySeconds);
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
