import { artefactFolder, type Bucket } from "../../../../storage/index.ts";
import {
  DEFINITIONS,
  type Execution,
  isRejection,
  type Promotion,
} from "../../../../recipe/index.ts";
import type { ExecutionSummary, ExecutionView, StateProgress } from "../../../../schema/index.ts";
import { graphOf } from "./graph.ts";
import { standingsOf } from "./standings.ts";

/** What may be done with an execution now. */
export type Possible = ExecutionView["may"];

/** An execution as a page shows it. */
export function executionView(
  execution: Execution,
  summary: ExecutionSummary,
  { may, spent }: Pick<ExecutionView, "may" | "spent">,
  progressOf: (state: string) => StateProgress | null,
  promotion: Promotion | undefined,
): ExecutionView {
  const { workflow, status, events, input, config } = execution;
  const definition = DEFINITIONS[workflow];
  const graph = graphOf(definition);
  return {
    summary,
    graph: [...graph],
    startAt: definition.startAt,
    states: [
      ...standingsOf(graph, events, status === "running", progressOf, overruling(promotion)),
    ],
    inputs: input.inputs,
    config,
    spent,
    may,
  };
}

/** What happened to a model that was rejected and is served all the same. */
function overruling(promotion: Promotion | undefined): string | null {
  if (promotion === undefined) return null;
  const { by, at, reason } = promotion;
  return `The model was rejected. ${by} promoted it on ${at.slice(0, 16).replace("T", " at ")} UTC, because: ${reason}`;
}

/** What may be done with an execution, if its workflow is not busy otherwise; `isOurs`: this process runs it. */
export async function possible(
  bucket: Bucket,
  { name, status, outcome }: Execution,
  isOurs: boolean,
): Promise<Possible> {
  const isRejected = isRejection(outcome);
  const hasGoneWrong = status === "failed" || status === "aborted" || status === "interrupted";
  return {
    stop: status === "running" && isOurs,
    retry: hasGoneWrong && !isRejected,
    promote: isRejected && (await bucket.list(`${artefactFolder("model", name)}/`)).length > 0,
  };
}
