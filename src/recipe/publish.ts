import type { StageRun } from "../schema/index.ts";
import { type Bucket, publish } from "../storage/index.ts";
import { removeOldArtefacts } from "./retention.ts";

/** Makes the collector's execution the one that the dashboard shows and later core executions read. */
export async function publishDataStage(bucket: Bucket, run: StageRun): Promise<void> {
  await publish(bucket, "kpi", run.execution);
  await publish(bucket, "processed_data", run.execution);
  await removeOldArtefacts(bucket, run.config.keepExecutions);
}

/** Makes the core's execution the served one: the serving pointer moves last and alone decides. */
export async function publishStage(bucket: Bucket, run: StageRun): Promise<void> {
  if (run.inputs["model"] === undefined) {
    await publish(bucket, "model", run.execution);
    await publish(bucket, "evaluation", run.execution);
  }
  await publish(bucket, "batch_transform_inference_output", run.execution);
  await removeOldArtefacts(bucket, run.config.keepExecutions);
}
