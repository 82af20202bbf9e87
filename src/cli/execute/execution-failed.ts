import type { WorkflowName } from "../../recipe/index.ts";
import type { Outcome } from "../../workflow/index.ts";

/** An execution ended with a fault; the message says in which step and where its log is. */
export class ExecutionFailedError extends Error {
  override readonly name = "ExecutionFailedError";
  /** Is it the data that cannot be used? */
  readonly isBadData: boolean;

  constructor(
    workflow: WorkflowName,
    execution: string,
    outcome: Exclude<Outcome, { readonly status: "succeeded" }>,
  ) {
    const failed = outcome.status === "failed" ? outcome : undefined;
    super(
      failed === undefined
        ? `the ${workflow} execution "${execution}" was stopped`
        : `${failed.state} failed: ${failed.cause}\n` +
            `  the logs of its jobs are in executions/${workflow}/${execution}/logs in the bucket`,
    );
    this.isBadData = failed?.error === "RecSys.BadData";
  }
}
