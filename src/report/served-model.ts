import { type EvaluationRecord, readEvaluationRecord, readExecution } from "../recipe/index.ts";
import { type Bucket, ObjectNotFoundError, readManifest, readPointer } from "../storage/index.ts";

/** The model that recommends now. */
export interface ServedModel {
  /** The execution whose recommendations are served. */
  readonly execution: string;
  /** When they were made. */
  readonly madeAt: string;
  /** The execution that trained the model, where that is an earlier one. */
  readonly trainedBy: string;
  /** When the data that are scored were collected; null once they are no longer kept. */
  readonly dataAt: string | null;
  /** `undefined` where the model was not evaluated, or its evaluation is no longer kept. */
  readonly evaluation: EvaluationRecord | undefined;
}

/** What is served now, and how good and how fresh it is; `undefined` before the first. */
export async function readServedModel(bucket: Bucket): Promise<ServedModel | undefined> {
  const pointer = await readPointer(bucket, "batch_transform_inference_output");
  if (pointer === undefined) return undefined;
  const { execution } = pointer;
  const manifest = await readManifest(bucket, "batch_transform_inference_output", execution);
  const trainedBy = manifest.inputs["model"] ?? execution;
  const record = await readExecution(bucket, "core", trainedBy);
  return {
    execution,
    madeAt: manifest.createdAt,
    trainedBy,
    dataAt: await dataTime(bucket, manifest.inputs["processed_data"]),
    evaluation: record && (await readEvaluationRecord(bucket, trainedBy, record.config)),
  };
}

async function dataTime(bucket: Bucket, execution: string | undefined): Promise<string | null> {
  if (execution === undefined) return null;
  try {
    return (await readManifest(bucket, "processed_data", execution)).createdAt;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}
