export { type Clock, systemClock } from "./clock.ts";
export { successors } from "./compile/transitions.ts";
export { compileWorkflow } from "./compile/workflow.ts";
export type {
  Catcher,
  ChoiceRule,
  ChoiceState,
  Comparison,
  Condition,
  FailState,
  MapState,
  ParallelState,
  PassState,
  Retrier,
  State,
  SucceedState,
  TaskState,
  WaitState,
  Workflow,
} from "./definition.ts";
export { DefinitionError, WorkflowError } from "./error.ts";
export type { Failure, Iteration, StateRun, WorkflowEvent } from "./events.ts";
export { decodeJournal, encodeEvent, type Journal } from "./journal.ts";
export type { Json, JsonObject } from "./json.ts";
export type { TaskCall, TaskRunner } from "./run/machine.ts";
export { type Outcome, outcomeOf, type RunOptions, runWorkflow } from "./run/workflow.ts";
