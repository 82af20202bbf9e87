import type { Clock } from "../clock.ts";
import type { Workflow } from "../definition.ts";
import type { Happening, Iteration, StateRun, WorkflowEvent } from "../events.ts";
import type { Json, JsonObject } from "../json.ts";
import type { History } from "./history.ts";

/** Does the work of a Task state. */
export type TaskRunner = (task: TaskCall) => Promise<Json>;

export interface TaskCall extends StateRun {
  readonly resource: string;
  readonly parameters: Json;
  /** Retries of this visit so far. */
  readonly retry: number;
  /**
   * Aborted when the execution is stopped, the task's time is over or a sibling iteration has failed.
   * The engine waits for the task to settle, so that no work goes on behind its back.
   */
  readonly signal: AbortSignal;
  readonly report: (progress: Json) => void;
}

/** What runs an execution: shared by all its states. */
export interface Machine {
  readonly clock: Clock;
  readonly runTask: TaskRunner;
  readonly history: History;
  /** Journals an event, unless it already was before a crash, and gives it back with its time. */
  readonly record: Recorder;
  /** Tells an event to listeners only. */
  readonly tell: (happening: Happening) => void;
  /** Runs a nested workflow. */
  readonly runStates: (workflow: Workflow, input: Json, scope: Scope) => Promise<Json>;
}

type Recorder = <Type extends WorkflowEvent["type"]>(
  happening: Extract<Happening, { readonly type: Type }>,
  signal?: AbortSignal,
) => Promise<Extract<WorkflowEvent, { readonly type: Type }>>;

/** Where a workflow runs: at the top, or in an iteration of a state around it. */
export interface Scope {
  readonly path: readonly Iteration[];
  readonly context: JsonObject;
  readonly signal: AbortSignal;
}
