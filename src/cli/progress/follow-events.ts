import type { Progress } from "../../schema/index.ts";
import type { StateRun, Workflow, WorkflowEvent } from "../../workflow/index.ts";
import type { ProgressView } from "./progress-view.ts";

/** Shows a workflow's events: every task while it runs, and what else a user should know. */
export function followEvents(
  view: ProgressView,
  { states }: Workflow,
): (event: WorkflowEvent) => void {
  const isTask = ({ state }: StateRun): boolean => states[state]?.type === "Task";
  return (event) => {
    if (event.type === "ExecutionResumed") {
      view.note("going on where the execution was interrupted; finished steps are not repeated");
    } else if (event.type === "ExecutionRedriven") {
      const where = event.from === undefined ? "the state that it was in" : event.from.state;
      view.note(`going on from ${where}; finished steps are not repeated`);
    } else if (event.type === "StateEntered" && isTask(event)) {
      view.started(stepName(event));
    } else if (event.type === "TaskProgress") {
      view.progressed(stepName(event), event.progress as unknown as Progress);
    } else if (event.type === "StateSucceeded" && isTask(event)) {
      view.ended(stepName(event), "done");
    } else if (event.type === "StateFailed" && isTask(event)) {
      view.ended(stepName(event), `failed: ${event.cause}`);
    } else if (event.type === "StateRetried") {
      view.note(`${stepName(event)}: trying again in ${event.delaySeconds} s`);
    }
  };
}

/** The state, and for a part of a sharded one which part: `Score 2`. */
function stepName({ state, path }: StateRun): string {
  return [state, ...path.map(({ index }) => (index + 1).toString())].join(" ");
}
