import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { DataError, FileEntry, RAW_FILES, RAW_FOLDER, rawFileForms } from "../../schema/index.ts";
import { type Bucket, ObjectNotFoundError, openBucket, placeWithin } from "../../storage/index.ts";

/** `raw_data/copied.json`: which files were copied in, and for which collector execution. */
export const RawCopy = z.strictObject({
  execution: z.string(),
  files: z.record(z.string(), FileEntry),
  /** The folder that `up` took them from. */
  from: z.string().optional(),
});
export type RawCopy = z.infer<typeof RawCopy>;

const RECORD = `${RAW_FOLDER}/copied.json`;

/** Every name that a raw file may have. */
const NAMES = Object.values(RAW_FILES).flatMap(rawFileForms);

/**
 * The raw files at a place, a folder or `s3://…`, with sizes and hashes.
 *
 * @throws DataError if there are no interactions among them
 */
export async function rawFilesIn(
  place: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, FileEntry>>> {
  const source = await openBucket(place, ".");
  const files: Record<string, FileEntry> = {};
  for (const name of NAMES) {
    const info = await source.head(name);
    if (info === undefined) continue;
    files[name] = { bytes: info.bytes, sha256: await sha256Of(source, name, signal) };
  }
  const { interactions } = RAW_FILES;
  if (!(interactions in files || `${interactions}.gz` in files)) {
    throw new DataError(
      { file: placeWithin(place, interactions) },
      `there is no such file; the folder must hold ${interactions}, ${RAW_FILES.itemFeatures} and ` +
        `${RAW_FILES.itemDescription} ("recsys sample DIR" makes an example)`,
    );
  }
  return files;
}

/** Copies raw files from a place into `raw_data/`, instead of those that are there. */
export async function copyRawFiles(bucket: Bucket, place: string, copy: RawCopy): Promise<void> {
  const source = await openBucket(place, ".");
  const scratch = await mkdtemp(join(tmpdir(), "recsys-raw-"));
  try {
    for (const name of Object.keys(copy.files)) {
      await bucket.upload(`${RAW_FOLDER}/${name}`, await source.toLocalFile(name, scratch));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  for (const name of NAMES) {
    if (!(name in copy.files)) await bucket.remove(`${RAW_FOLDER}/${name}`);
  }
  await bucket.write(RECORD, JSON.stringify(copy, null, 2));
}

/** What was copied last, `undefined` if nothing was. */
export async function readRawCopy(bucket: Bucket): Promise<RawCopy | undefined> {
  try {
    return RawCopy.parse(JSON.parse(Buffer.from(await bucket.read(RECORD)).toString("utf8")));
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

async function sha256Of(source: Bucket, path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of await source.stream(path)) {
    signal.throwIfAborted();
    hash.update(piece as Buffer);
  }
  return hash.digest("hex");
}
