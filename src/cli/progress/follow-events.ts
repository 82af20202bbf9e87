import type { Progress } from "../../schema/index.ts";
import type { StateRun, WorkflowEvent } from "../../workflow/index.ts";
import type { ProgressView } from "./progress-view.ts";

/** Shows a workflow's events: every task while it runs, and what else a user should know. */
export function followEvents(view: ProgressView): (event: WorkflowEvent) => void {
  const running = new Set<string>();
  const begin = (step: string): void => {
    if (running.has(step)) return;
    running.add(step);
    view.started(step);
  };
  const end = (step: string, outcome: string): void => {
    begin(step);
    running.delete(step);
    view.ended(step, outcome);
  };
  return (event) => {
    if (event.type === "ExecutionResumed") {
      view.note("going on where the execution was interrupted; finished steps are not repeated");
    } else if (event.type === "TaskProgress") {
      begin(stepName(event));
      view.progressed(stepName(event), event.progress as unknown as Progress);
    } else if (event.type === "StateSucceeded" && "result" in event) {
      end(stepName(event), "done");
    } else if (event.type === "StateFailed") {
      end(stepName(event), `failed: ${event.cause}`);
    } else if (event.type === "StateRetried") {
      view.note(`${stepName(event)}: trying again in ${event.delaySeconds} s`);
    }
  };
}

/** The state, and for a part of a sharded one which part: `Score 2`. */
function stepName({ state, path }: StateRun): string {
  return [state, ...path.map(({ index }) => (index + 1).toString())].join(" ");
}
