export { type Clock } from "./clock.ts";
export { compileWorkflow } from "./compile/workflow.ts";
export { effectiveInput } from "./data-flow.ts";
export type {
  Catcher,
  ChoiceRule,
  MapState,
  Retrier,
  State,
  TaskState,
  Workflow,
} from "./definition.ts";
export { DefinitionError, WorkflowError } from "./error.ts";
export type { Happening, Iteration, Redirection, StateRun, WorkflowEvent } from "./events.ts";
export { decodeJournal, encodeEvent, type Journal } from "./journal.ts";
export type { Json, JsonObject } from "./json.ts";
export type { TaskCall, TaskRunner } from "./run/machine.ts";
export { type Outcome, outcomeOf, runWorkflow } from "./run/workflow.ts";
