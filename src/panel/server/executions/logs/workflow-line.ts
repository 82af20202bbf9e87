import type { WorkflowName } from "../../../../recipe/index.ts";
import type { LogLine } from "../../../../schema/index.ts";
import type { WorkflowEvent } from "../../../../workflow/index.ts";

/** What an event of a workflow says in a log: how it began, went on and ended, and why a state failed. */
export function workflowLine(
  workflow: WorkflowName,
  execution: string,
  event: WorkflowEvent,
): LogLine | undefined {
  const said = wordsOf(event);
  if (said === undefined) return undefined;
  const state = "state" in event ? event.state : null;
  return { time: event.time, ...said, workflow, execution, state, host: "workflow" };
}

function wordsOf(event: WorkflowEvent): Pick<LogLine, "level" | "text"> | undefined {
  switch (event.type) {
    case "ExecutionStarted":
      return { level: "info", text: "the execution started" };
    case "ExecutionResumed":
      return { level: "warn", text: "its process had ended; it goes on where it was" };
    case "ExecutionRedriven":
      return {
        level: "info",
        text:
          event.from === undefined
            ? "it goes on from the state that it was in"
            : `the model was promoted; it goes on from ${event.from.state}`,
      };
    case "ExecutionSucceeded":
      return { level: "info", text: "the execution succeeded" };
    case "ExecutionFailed":
      return { level: "error", text: `the execution failed: ${event.error}: ${event.cause}` };
    case "ExecutionAborted":
      return { level: "warn", text: "the execution was stopped" };
    case "StateFailed":
      return { level: "error", text: `${event.state} failed: ${event.error}: ${event.cause}` };
    case "StateRetried":
      return { level: "warn", text: `${event.state} is tried again in ${event.delaySeconds} s` };
    case "StateEntered":
      return { level: "debug", text: `${event.state} began` };
    case "StateSucceeded":
      return { level: "debug", text: `${event.state} succeeded` };
    case "StateCaught":
    case "TaskProgress":
    case "MapIterationStarted":
    case "MapIterationSucceeded":
    case "MapIterationFailed":
    case "ParallelBranchStarted":
    case "ParallelBranchSucceeded":
    case "ParallelBranchFailed":
      return undefined;
  }
}
