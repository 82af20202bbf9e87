import { type Execution, listExecutions, readElsewhere } from "../../../../recipe/index.ts";
import type { RecSysConfig, StepEstimate } from "../../../../schema/index.ts";
import type { Bucket } from "../../../../storage/index.ts";
import { countsOf, currentCounts } from "./data-counts.ts";
import { readOwnPrices } from "./own-prices.ts";
import { type EarlierExecution, estimateSteps } from "./estimate-steps.ts";

/** Estimates of every step for a configuration, on the bucket's data and by its executions. */
export async function currentEstimates(
  bucket: Bucket,
  config: RecSysConfig,
  region?: string,
): Promise<StepEstimate[]> {
  const executions = await listExecutions(bucket);
  const earlier: EarlierExecution[] = [];
  for (const workflow of ["collector", "core"] as const) {
    const execution = executions.find(
      (known) => known.workflow === workflow && known.status === "succeeded",
    );
    if (execution === undefined) continue;
    const counts = await countsOf(bucket, dataOf(execution));
    const elsewhere = await readElsewhere(bucket, workflow, execution.name);
    earlier.push({ execution, counts, isPaidFor: elsewhere !== undefined });
  }
  const prices = await readOwnPrices(bucket);
  return estimateSteps(config, await currentCounts(bucket), earlier, prices, region);
}

/** The collector execution whose data it has made or read. */
function dataOf({ workflow, name, input }: Execution): string {
  return workflow === "collector" ? name : (input.inputs["processed_data"] ?? name);
}
