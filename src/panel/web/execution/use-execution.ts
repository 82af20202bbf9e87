import type { ExecutionSummary, ExecutionView } from "../../../schema/index.ts";
import { type Live, useLive } from "../api/use-live.ts";

/**
 * Follows an execution until it has ended; each event is the whole picture. One that had ended and goes on is followed
 * again when its `status`, as somebody else learns it, has changed.
 */
export function useExecution(
  execution: Pick<ExecutionSummary, "workflow" | "name" | "status"> | null,
): Live<ExecutionView> {
  return useLive<ExecutionView>(
    execution === null
      ? null
      : `/executions/${execution.workflow}/${encodeURIComponent(execution.name)}/events`,
    "execution",
    ({ summary }) => summary.status !== "running" && summary.status !== "interrupted",
    execution?.status,
  );
}
