import type { Json } from "./json.ts";

/** One iteration of a Map state, or one branch of a Parallel state, on the way to a nested state. */
export interface Iteration {
  readonly state: string;
  readonly run: number;
  readonly index: number;
}

/** One run of one state: `run` counts from 1 through visits and retries within its own workflow. */
export interface StateRun {
  /** The iterations around the state, outermost first; empty at the top. */
  readonly path: readonly Iteration[];
  readonly state: string;
  readonly run: number;
}

/** Where else than in the state that failed a redriven execution goes on: a state at the top, and its input. */
export interface Redirection {
  readonly state: string;
  readonly input: Json;
}

/** The failure of a state, as retriers and catchers see it. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
}

type Event<Type extends string, Fields = unknown> = {
  readonly type: Type;
  /** ISO 8601, UTC. */
  readonly time: string;
} & Fields;

/** Everything that happens in an execution, in this order of time; all but TaskProgress is journaled. */
export type WorkflowEvent =
  | Event<"ExecutionStarted", { readonly name: string; readonly input: Json }>
  /** The process before this one died; finished states are not run again. */
  | Event<"ExecutionResumed">
  /** An execution that had failed or was aborted goes on under its name; finished states are not run again. */
  | Event<"ExecutionRedriven", { readonly from?: Redirection }>
  | Event<"ExecutionSucceeded", { readonly output: Json }>
  | Event<"ExecutionFailed", Failure & { readonly state: string }>
  | Event<"ExecutionAborted">
  | Event<"StateEntered", StateRun & { readonly input: Json }>
  | Event<
      "StateSucceeded",
      StateRun & {
        readonly output: Json;
        /** What a Task gave back before the state shaped it. */
        readonly result?: Json;
        /** `null` at the end of the workflow. */
        readonly next: string | null;
      }
    >
  | Event<"StateFailed", StateRun & Failure>
  | Event<"StateRetried", StateRun & { readonly retry: number; readonly delaySeconds: number }>
  | Event<"StateCaught", StateRun & { readonly next: string; readonly output: Json }>
  | Event<"TaskProgress", StateRun & { readonly progress: Json }>
  | Event<"MapIterationStarted" | "ParallelBranchStarted", StateRun & Indexed>
  | Event<
      "MapIterationSucceeded" | "ParallelBranchSucceeded",
      StateRun & Indexed & { readonly output: Json }
    >
  | Event<"MapIterationFailed" | "ParallelBranchFailed", StateRun & Indexed & Failure>;

interface Indexed {
  readonly index: number;
}

/** An event without its time. */
export type Happening<E extends WorkflowEvent = WorkflowEvent> = E extends WorkflowEvent
  ? Omit<E, "time">
  : never;
