import { DataError } from "../schema/index.ts";
import { type Bucket, readPointer } from "../storage/index.ts";
import type { WorkflowName } from "./execution-name.ts";
import { requireModel } from "./require-model.ts";

/**
 * Settles what an execution reads: what is current now, whatever is published while it runs.
 *
 * @throws DataError if the collector has not run yet (Q65), or there is no such model
 */
export async function pinInputs(
  bucket: Bucket,
  workflow: WorkflowName,
  modelExecution: string | undefined,
): Promise<Record<string, string>> {
  if (workflow === "collector") return {};
  const data = await readPointer(bucket, "processed_data");
  if (data === undefined) {
    throw new DataError(
      { file: "processed_data/current.json" },
      `there is no processed data in ${bucket.url}; execute the collector first`,
    );
  }
  const served = await readPointer(bucket, "batch_transform_inference_output");
  if (modelExecution !== undefined) await requireModel(bucket, modelExecution);
  return {
    processed_data: data.execution,
    ...(modelExecution === undefined ? {} : { model: modelExecution }),
    ...(served === undefined ? {} : { served: served.execution }),
  };
}
