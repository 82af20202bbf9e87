import { type CollectorReport, RAW_FOLDER } from "../schema/index.ts";
import { type Bucket, openBucket } from "../storage/index.ts";
import { prepare } from "./prepare.ts";
import type { CollectorRun } from "./run.ts";

/**
 * Reads and checks raw files and reports what the collector would find; writes nothing but scratch.
 *
 * @param source - a folder or `s3://…` that holds the files, or a bucket with them in `raw_data/`
 * @returns the report; its `failures` are empty when the collector would accept the data
 * @throws DataError for problems of whole files, all of them in one message
 */
export async function validateRawFiles(
  source: string | Bucket,
  run: CollectorRun,
): Promise<CollectorReport> {
  const raw =
    typeof source === "string"
      ? { bucket: await openBucket(source, "."), prefix: "" }
      : { bucket: source, prefix: `${RAW_FOLDER}/` };
  return prepare(raw, run, ({ report }) => Promise.resolve(report));
}
