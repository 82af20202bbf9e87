import type { GraphState, StateAttempt } from "../../../../schema/index.ts";
import type { StateRun, WorkflowEvent } from "../../../../workflow/index.ts";

/** An attempt at a state, and where it belongs. */
export interface Attempt extends StateAttempt {
  readonly state: string;
  /** The iterations around it by their numbers: what tells it from the same state's elsewhere. */
  readonly place: string;
  /** It failed, and the state is to be tried again. */
  readonly isRetried: boolean;
  /** It failed, and the execution was led on from elsewhere: behind the gate, when its model was promoted. */
  readonly isOverruled: boolean;
  /** The state that it led to; `null` before its end, and at the workflow's. */
  readonly next: string | null;
}

type Draft = { -readonly [Field in keyof Attempt]: Attempt[Field] };

/**
 * Every attempt at every state that a journal tells of, in the order in which they began.
 *
 * @param events - the journal
 * @param graph - the workflow's states
 * @param isRunning - does a living process run the execution? What has no end was stopped otherwise
 */
export function attemptsOf(
  events: readonly WorkflowEvent[],
  graph: readonly GraphState[],
  isRunning: boolean,
): readonly Attempt[] {
  const containers = new Set(
    graph.filter(({ type }) => type === "Map" || type === "Parallel").map(({ name }) => name),
  );
  const drafts = new Map<string, Draft>();
  const stopRunning = (endedAt: string | null): void => {
    for (const draft of drafts.values()) {
      if (draft.status === "running") Object.assign(draft, { status: "stopped", endedAt });
    }
  };
  for (const event of events) {
    if (event.type === "StateEntered") {
      drafts.set(keyOf(event), entered(event));
    } else if (event.type === "StateSucceeded") {
      const { output, next, time: endedAt } = event;
      Object.assign(drafts.get(keyOf(event))!, { status: "succeeded", output, next, endedAt });
    } else if (event.type === "StateFailed") {
      const error = { error: event.error, cause: event.cause };
      Object.assign(drafts.get(keyOf(event))!, { status: "failed", error, endedAt: event.time });
    } else if (event.type === "StateRetried") {
      drafts.get(keyOf(event))!.isRetried = true;
    } else if (event.type === "ExecutionFailed" || event.type === "ExecutionAborted") {
      stopRunning(event.time);
    } else if (event.type === "ExecutionRedriven" && event.from !== undefined) {
      for (const draft of drafts.values()) {
        if (draft.status === "failed" && !draft.isRetried) draft.isOverruled = true;
      }
    } else if (event.type === "ExecutionRedriven") {
      for (const draft of drafts.values()) {
        // The run of a state with states of its own goes on; any other state is entered anew.
        if (!containers.has(draft.state) || draft.status === "succeeded" || draft.isRetried)
          continue;
        Object.assign(draft, { status: "running", error: null, endedAt: null });
      }
    }
  }
  if (!isRunning) stopRunning(null);
  return [...drafts.values()];
}

function entered(event: Extract<WorkflowEvent, { readonly type: "StateEntered" }>): Draft {
  return {
    state: event.state,
    place: event.path.map(({ index }) => index).join("."),
    run: event.run,
    iteration: event.path.at(-1)?.index ?? null,
    status: "running",
    enteredAt: event.time,
    endedAt: null,
    input: event.input,
    output: null,
    error: null,
    isRetried: false,
    isOverruled: false,
    next: null,
  };
}

function keyOf({ path, state, run }: StateRun): string {
  return JSON.stringify([path, state, run]);
}
