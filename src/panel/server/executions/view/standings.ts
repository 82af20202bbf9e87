import type {
  GraphState,
  StateAttempt,
  StateProgress,
  StateStanding,
} from "../../../../schema/index.ts";
import type { WorkflowEvent } from "../../../../workflow/index.ts";
import { type Attempt, attemptsOf } from "./attempts.ts";

/**
 * How every state of an execution stands.
 *
 * @param graph - its workflow's states
 * @param events - its journal
 * @param isRunning - does a living process run it?
 * @param progressOf - what a running state says of itself
 * @param overruling - who has overruled its gate, and why
 */
export function standingsOf(
  graph: readonly GraphState[],
  events: readonly WorkflowEvent[],
  isRunning: boolean,
  progressOf: (state: string) => StateProgress | null,
  overruling: string | null,
): readonly StateStanding[] {
  const attempts = attemptsOf(events, graph, isRunning);
  const byState = Map.groupBy(attempts, ({ state }) => state);
  const passed = passedStates(graph, attempts);
  const statusOf = (state: GraphState): StateStanding["status"] => {
    const tried = byState.get(state.name);
    if (tried !== undefined) return triedStatus(tried, isRunning);
    if (state.parent === null) return passed(state.name) ? "skipped" : "pending";
    const parent = statusOf(graph.find(({ name }) => name === state.parent)!);
    return parent === "succeeded" || parent === "skipped" ? "skipped" : "pending";
  };
  return graph.map((state) => {
    const status = statusOf(state);
    return {
      state: state.name,
      status,
      note: status === "overruled" ? overruling : null,
      attempts: (byState.get(state.name) ?? []).map(shown),
      progress: status === "running" ? progressOf(state.name) : null,
    };
  });
}

/** The latest attempt in each iteration counts; the worst of them is the state's. */
function triedStatus(attempts: readonly Attempt[], isRunning: boolean): StateStanding["status"] {
  const latest = [...new Map(attempts.map((attempt) => [attempt.place, attempt])).values()];
  const is = (status: Attempt["status"]): boolean =>
    latest.some((attempt) => attempt.status === status);
  const waitsForRetry = latest.some(({ status, isRetried }) => status === "failed" && isRetried);
  if (is("running") || (waitsForRetry && isRunning)) return "running";
  if (latest.some(({ status, isOverruled }) => status === "failed" && !isOverruled))
    return "failed";
  if (is("failed")) return "overruled";
  return is("stopped") ? "stopped" : "succeeded";
}

/** Which states at the top can no longer be reached from where the execution is? None before it has begun. */
function passedStates(
  graph: readonly GraphState[],
  attempts: readonly Attempt[],
): (state: string) => boolean {
  const top = new Map(graph.filter(({ parent }) => parent === null).map((s) => [s.name, s]));
  const here = attempts.findLast(({ state }) => top.has(state));
  if (here === undefined) return () => false;
  const reachable = new Set<string>();
  const visit = (name: string): void => {
    if (reachable.has(name)) return;
    reachable.add(name);
    for (const { to } of top.get(name)?.next ?? []) visit(to);
  };
  // What a Choice that has been made led away from is passed at once.
  const from = here.status === "succeeded" ? here.next : here.state;
  if (from !== null) visit(from);
  return (name) => !reachable.has(name);
}

function shown(attempt: Attempt): StateAttempt {
  const { run, iteration, status, enteredAt, endedAt, input, output, error } = attempt;
  return { run, iteration, status, enteredAt, endedAt, input, output, error };
}
