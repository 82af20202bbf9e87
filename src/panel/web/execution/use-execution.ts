import type { ExecutionView } from "../../../schema/index.ts";
import { type Live, useLive } from "../api/use-live.ts";

/** Follows an execution until it has ended; each event is the whole picture. */
export function useExecution(
  execution: { readonly workflow: string; readonly name: string } | null,
): Live<ExecutionView> {
  return useLive<ExecutionView>(
    execution === null
      ? null
      : `/executions/${execution.workflow}/${encodeURIComponent(execution.name)}/events`,
    "execution",
    ({ summary }) => summary.status !== "running" && summary.status !== "interrupted",
  );
}
