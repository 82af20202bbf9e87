import { type EvaluationRecord, type Execution, isRejection } from "../../../recipe/index.ts";
import { type ExecutionSummary, ProcessedDataContent } from "../../../schema/index.ts";
import { type Bucket, ObjectNotFoundError, readManifest } from "../../../storage/index.ts";

/** An execution as a row; `current` is settled where it is shown, for it changes without the execution. */
export type Row = Omit<ExecutionSummary, "current">;

/** What a list says of an execution. */
export function rowOf(
  execution: Execution,
  startedBy: string | null,
  figures: Row["figures"],
): Row {
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
    figures,
  };
}

/** How much a collector's execution has found; nothing once its data are no longer kept. */
export async function collectorFigures(bucket: Bucket, name: string): Promise<Row["figures"]> {
  try {
    const { content } = await readManifest(bucket, "processed_data", name);
    const counts = ProcessedDataContent.partial().loose().parse(content);
    const { rows, users, items, rejectedRows } = counts;
    return defined({ rows, users, items, rejectedRows });
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return {};
    throw error;
  }
}

/** How good a core execution's model is. */
export function coreFigures(evaluation: EvaluationRecord | undefined): Row["figures"] {
  return defined({ "ndcg@10": evaluation?.metrics["ndcg@10"]?.value });
}

function defined(figures: Readonly<Record<string, number | undefined>>): Row["figures"] {
  const known = Object.entries(figures).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Row["figures"];
}
