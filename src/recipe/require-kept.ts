import { DataError, RAW_FOLDER, rawFileForms, REQUIRED_RAW_FILES } from "../schema/index.ts";
import { artefactFolder, type Bucket } from "../storage/index.ts";
import type { Execution } from "./execution-record.ts";
import { requireModel } from "./require-model.ts";

/** What a finished state has left in the bucket, by its name; those that are not named leave nothing that others read. */
const LEFT_BY: Readonly<Record<string, Parameters<typeof artefactFolder>[0]>> = {
  Collect: "processed_data",
  Assemble: "processed_data",
  Measure: "kpi",
  Train: "model",
  Evaluate: "evaluation",
  Compare: "evaluation",
  Refit: "model",
  Transform: "batch_transform_inference_output",
  Merge: "batch_transform_inference_output",
};

/**
 * Makes sure that an execution can go on: that what it reads, and what its finished states have left, is still there.
 * Otherwise it would start, and fail deep in a job.
 *
 * @throws DataError with what is gone, why, and what to do instead
 */
export async function requireKept(bucket: Bucket, execution: Execution): Promise<void> {
  const { workflow, name, events, input } = execution;
  const finished = new Set(
    events.flatMap((event) => (event.type === "StateSucceeded" ? [event.state] : [])),
  );
  const gone: string[] = [];
  if (workflow === "collector") {
    const isShared = execution.config.instances.collector.instanceCount > 1;
    if (!finished.has(isShared ? "Assemble" : "Collect"))
      gone.push(...(await missingRawFiles(bucket)));
  } else {
    const { processed_data: data, model } = input.inputs;
    if (data !== undefined) {
      const folder = artefactFolder("processed_data", data);
      if ((await bucket.head(`${folder}/manifest.json`)) === undefined) gone.push(folder);
    }
    if (model !== undefined && !finished.has("Transform")) await requireModel(bucket, model);
  }
  for (const [state, stage] of Object.entries(LEFT_BY)) {
    const folder = artefactFolder(stage, name);
    if (!finished.has(state) || gone.includes(folder)) continue;
    if ((await bucket.list(`${folder}/`)).length === 0) gone.push(folder);
  }
  if (gone.length === 0) return;
  throw new DataError(
    { file: gone[0]! },
    `${gone.length === 1 ? "is" : `and ${gone.slice(1).join(", ")} are`} gone, so that "${name}" cannot go on from where it stopped: ` +
      `only the latest keepExecutions are kept, and burning or a removal of raw files takes away the rest; ` +
      `execute the ${workflow} anew under another name`,
  );
}

async function missingRawFiles(bucket: Bucket): Promise<readonly string[]> {
  const there = (await bucket.list(`${RAW_FOLDER}/`)).map(({ path }) => path);
  return REQUIRED_RAW_FILES.map((name) => `${RAW_FOLDER}/${name}`).filter(
    (path) => !rawFileForms(path).some((form) => there.includes(form)),
  );
}
