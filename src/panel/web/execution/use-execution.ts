import type { ExecutionSummary, ExecutionView } from "../../../schema/index.ts";
import { type Live, useLive } from "../api/use-live.ts";

/**
 * Follows an execution until it has ended, and again when it goes on after that: retried, or promoted. Each event is the
 * whole picture.
 *
 * @param execution - as it was read last; `null` as long as it was not
 */
export function useExecution(
  execution: Pick<ExecutionSummary, "workflow" | "name" | "endedAt"> | null,
): Live<ExecutionView> {
  return useLive<ExecutionView>(
    execution === null
      ? null
      : `/executions/${execution.workflow}/${encodeURIComponent(execution.name)}/events`,
    "execution",
    ({ summary }) => summary.status !== "running" && summary.status !== "interrupted",
    execution?.endedAt ?? null,
  );
}
