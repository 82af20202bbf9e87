import { readDeployment, type WorkflowName } from "../../../recipe/index.ts";
import { RAW_FILES, RAW_FOLDER } from "../../../schema/index.ts";
import { type Bucket, readPointer } from "../../../storage/index.ts";

/** The raw files that the collector cannot do without. */
const REQUIRED = [RAW_FILES.interactions, RAW_FILES.itemFeatures, RAW_FILES.itemDescription];

/**
 * Why a workflow cannot be executed yet, whatever the execution's name; `undefined` if it can: its stack is
 * deployed, and what it reads is there (Q112, Q113).
 */
export async function whyNotExecutable(
  bucket: Bucket,
  workflow: WorkflowName,
): Promise<string | undefined> {
  if ((await readDeployment(bucket, workflow)) === undefined) {
    return `the ${workflow} stack is not deployed; deploy its configuration first`;
  }
  if (workflow === "core") {
    return (await readPointer(bucket, "processed_data")) === undefined
      ? "there are no processed data yet; execute the collector first"
      : undefined;
  }
  const missing: string[] = [];
  for (const name of REQUIRED) {
    const names = name.endsWith(".csv") ? [name, `${name}.gz`] : [name];
    const heads = await Promise.all(names.map((each) => bucket.head(`${RAW_FOLDER}/${each}`)));
    if (heads.every((head) => head === undefined)) missing.push(name);
  }
  if (missing.length === 0) return undefined;
  return `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing; upload the raw files first`;
}
