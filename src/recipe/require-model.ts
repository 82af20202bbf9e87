import { requireRowNames } from "../core/index.ts";
import { DataError } from "../schema/index.ts";
import { artefactFolder, type Bucket } from "../storage/index.ts";
import { MODEL_REJECTED } from "./core.ts";
import { readExecution } from "./execution-record.ts";

/**
 * Makes sure that an execution has left a model that other executions can score with.
 *
 * @throws DataError with the reason why it has not, and the executions that have
 */
export async function requireModel(bucket: Bucket, execution: string): Promise<void> {
  const manifest = `${artefactFolder("model", execution)}/manifest.json`;
  if ((await bucket.head(manifest)) === undefined) {
    const whole = await wholeModels(bucket);
    const others = whole.length === 0 ? "none" : whole.join(", ");
    throw new DataError(
      { file: manifest },
      `there is no whole model of the execution "${execution}": ${await reason(bucket, execution)}; ` +
        `executions with a whole model: ${others}; name one of those, or train one: execute core without --model`,
    );
  }
  await requireRowNames(bucket, execution);
}

async function reason(bucket: Bucket, execution: string): Promise<string> {
  const record = await readExecution(bucket, "core", execution);
  if (record === undefined) return "no core execution has this name";
  const { outcome, input } = record;
  const { model } = input.inputs;
  if (model !== undefined) return `it has used the model of "${model}" and has none of its own`;
  if (outcome === undefined) return "it has not come to its end";
  if (outcome.status === "failed" && outcome.error === MODEL_REJECTED) return "it was rejected";
  if (outcome.status === "succeeded") return "only the latest keepExecutions are kept";
  return "it failed before the model was whole";
}

async function wholeModels(bucket: Bucket): Promise<readonly string[]> {
  const objects = await bucket.list("model/");
  return objects.flatMap(({ path }) => {
    const [, execution, file] = path.split("/");
    return file === "manifest.json" ? [execution!] : [];
  });
}
