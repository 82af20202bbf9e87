import { DataError } from "../schema/index.ts";
import { artefactFolder, type Bucket, publish, readPointer } from "../storage/index.ts";

const SERVING = "batch_transform_inference_output";

/**
 * Serves what was served before, by one swap of the serving pointer. Once more takes it back.
 *
 * @returns the execution now served and the one served until now
 * @throws DataError if nothing was served before, or its artefact is gone
 */
export async function rollback(
  bucket: Bucket,
): Promise<{ readonly served: string; readonly before: string }> {
  const pointer = await readPointer(bucket, SERVING);
  const file = `${SERVING}/current.json`;
  if (pointer === undefined) {
    throw new DataError({ file }, "nothing is served yet, so there is nothing to roll back");
  }
  const { execution, previous } = pointer;
  if (previous === null) {
    throw new DataError(
      { file },
      `"${execution}" is the first execution that was served: there is none to roll back to`,
    );
  }
  const manifest = `${artefactFolder(SERVING, previous)}/manifest.json`;
  if ((await bucket.head(manifest)) === undefined) {
    throw new DataError(
      { file: manifest },
      `the artefact of "${previous}", which was served before "${execution}", is gone`,
    );
  }
  await publish(bucket, SERVING, previous);
  return { served: previous, before: execution };
}
