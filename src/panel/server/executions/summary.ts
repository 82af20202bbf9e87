import { readEvaluation } from "../../../core/index.ts";
import { type Execution, isRejection } from "../../../recipe/index.ts";
import { type ExecutionSummary, ProcessedDataContent } from "../../../schema/index.ts";
import { type Bucket, ObjectNotFoundError, readManifest } from "../../../storage/index.ts";

/** An execution as a row; `current` is settled where it is shown, for it changes without the execution. */
export type Row = Omit<ExecutionSummary, "current">;

/** What a list says of an execution. */
export async function rowOf(
  bucket: Bucket,
  execution: Execution,
  startedBy: string | null,
): Promise<Row> {
  const { workflow, name, status, startedAt = null, endedAt = null, outcome, events } = execution;
  const entered = events.findLast(({ type }) => type === "StateEntered");
  const isAt = outcome?.status === "succeeded" || entered?.type !== "StateEntered";
  return {
    workflow,
    name,
    status,
    rejected: isRejection(outcome),
    startedAt,
    endedAt,
    state: outcome?.status === "failed" ? outcome.state : isAt ? null : entered.state,
    detail: outcome?.status === "failed" ? outcome.cause : "",
    startedBy,
    figures: await headlines(bucket, execution),
  };
}

async function headlines(
  bucket: Bucket,
  { workflow, name, outcome }: Execution,
): Promise<Record<string, number>> {
  if (outcome === undefined) return {};
  try {
    if (workflow === "collector") {
      const { content } = await readManifest(bucket, "processed_data", name);
      const { rows, users, items, rejectedRows } = ProcessedDataContent.parse(content);
      return { rows, users, items, rejectedRows };
    }
    const { scorers } = await readEvaluation(bucket, name);
    const ndcg = scorers.find(({ role }) => role === "model")?.metrics["ndcg@10"];
    return ndcg === undefined ? {} : { "ndcg@10": ndcg.value };
  } catch (error) {
    // Not come so far, no longer kept, or written by another version: a row does without figures.
    if (error instanceof ObjectNotFoundError || isUnreadable(error)) return {};
    throw error;
  }
}

function isUnreadable(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && error.name === "ZodError");
}
