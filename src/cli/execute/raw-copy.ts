import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { DataError, FileEntry, RAW_FILES, RAW_FOLDER, rawFileForms } from "../../schema/index.ts";
import { type Bucket, ObjectNotFoundError } from "../../storage/index.ts";

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
 * The raw files in a folder, with sizes and hashes.
 *
 * @throws DataError if there are no interactions among them
 */
export async function rawFilesIn(
  folder: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, FileEntry>>> {
  const files: Record<string, FileEntry> = {};
  for (const name of NAMES) {
    const file = join(folder, name);
    const info = await stat(file).catch(() => undefined);
    if (info?.isFile() === true) {
      files[name] = { bytes: info.size, sha256: await sha256Of(file, signal) };
    }
  }
  const { interactions } = RAW_FILES;
  if (!(interactions in files || `${interactions}.gz` in files)) {
    throw new DataError(
      { file: join(folder, interactions) },
      `there is no such file; the folder must hold ${interactions}, ${RAW_FILES.itemFeatures} and ` +
        `${RAW_FILES.itemDescription} ("recsys sample DIR" makes an example)`,
    );
  }
  return files;
}

/** Copies raw files into `raw_data/`, in place of those that are there. */
export async function copyRawFiles(bucket: Bucket, folder: string, copy: RawCopy): Promise<void> {
  for (const name of Object.keys(copy.files)) {
    await bucket.upload(`${RAW_FOLDER}/${name}`, join(folder, name));
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

async function sha256Of(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    hash.update(piece as Buffer);
  }
  return hash.digest("hex");
}
