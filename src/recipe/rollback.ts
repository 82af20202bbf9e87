import { DataError } from "../schema/index.ts";
import { artefactFolder, type Bucket, publish, readPointer } from "../storage/index.ts";

const SERVING = "batch_transform_inference_output";

/**
 * Serves what was served before, by one swap of the serving pointer. Once more takes it back.
 *
 * @param bucket - where
 * @param to - the execution to serve; by default the one served before
 * @returns the execution now served and the one served until now
 * @throws DataError if nothing was served before, or the artefact to serve is gone
 */
export async function rollback(
  bucket: Bucket,
  to?: string,
): Promise<{ readonly served: string; readonly before: string }> {
  const pointer = await readPointer(bucket, SERVING);
  const file = `${SERVING}/current.json`;
  if (pointer === undefined) {
    throw new DataError({ file }, "nothing is served yet, so there is nothing to roll back");
  }
  const { execution, previous } = pointer;
  const target = to ?? previous;
  if (target === null) {
    throw new DataError(
      { file },
      `"${execution}" is the first execution that was served: there is none to roll back to`,
    );
  }
  if (target === execution) {
    throw new DataError({ file }, `"${execution}" is what is served; name another execution`);
  }
  const manifest = `${artefactFolder(SERVING, target)}/manifest.json`;
  if ((await bucket.head(manifest)) === undefined) {
    const kept = (await servable(bucket)).filter((name) => name !== execution);
    throw new DataError(
      { file: manifest },
      `the artefact of "${target}" is gone; others that are kept: ${kept.join(", ") || "none"}`,
    );
  }
  await publish(bucket, SERVING, target);
  return { served: target, before: execution };
}

/** The executions whose recommendations are whole and kept. */
async function servable(bucket: Bucket): Promise<readonly string[]> {
  const objects = await bucket.list(`${SERVING}/`);
  return objects.flatMap(({ path }) => {
    const [, execution, file] = path.split("/");
    return file === "manifest.json" ? [execution!] : [];
  });
}
