import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";

import {
  DataError,
  type FileEntry,
  RAW_FILES,
  RAW_FOLDER,
  rawFileForms,
  REQUIRED_RAW_FILES,
} from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { rawFilesIn, readRawCopy } from "../execute/raw-copy.ts";

/** The raw files of a bucket that `up` may not touch. */
export interface OwnData {
  /** Names of the files. */
  readonly files: readonly string[];
  /** Those that are needed and not there. */
  readonly missing: readonly string[];
}

type Files = Readonly<Record<string, FileEntry>>;

/**
 * Without `--data`: the bucket's raw files, if they are not the sample shop that `up` has copied in, but came by an upload,
 * an import or `execute collector --raw`; `undefined` if the sample may be copied.
 */
export async function ownData(
  bucket: Bucket,
  sampleFolder: string,
  signal: AbortSignal,
): Promise<OwnData | undefined> {
  const isMade = (await stat(sampleFolder).catch(() => undefined)) !== undefined;
  const sample = isMade ? await rawFilesIn(sampleFolder, signal) : {};
  const copy = await readRawCopy(bucket);
  const copied = copy?.from === resolve(sampleFolder) ? copy.files : {};
  if ((await strangers(bucket, [sample, copied], signal)).length === 0) return undefined;
  const files = await namesIn(bucket);
  const missing = REQUIRED_RAW_FILES.filter(
    (name) => !rawFileForms(name).some((form) => files.includes(form)),
  );
  return { files, missing };
}

/**
 * With `--data`: the files of that folder may take the place of what the command line has copied in, and of nothing else.
 *
 * @throws DataError that names the files it would overwrite
 */
export async function requireReplaceable(
  bucket: Bucket,
  files: Files,
  signal: AbortSignal,
): Promise<void> {
  const copy = await readRawCopy(bucket);
  const strange = await strangers(bucket, [files, copy?.files ?? {}], signal);
  if (strange.length === 0) return;
  throw new DataError(
    { file: RAW_FOLDER },
    `${strange.join(", ")} in ${bucket.url} came by an upload or an import, and would be overwritten; leave out --data to go on ` +
      `with what is there, replace it on purpose with "recsys execute collector --raw", or choose another --bucket`,
  );
}

/** Raw files of the bucket that none of the sets of files has as they are. */
async function strangers(
  bucket: Bucket,
  known: readonly Files[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const strange: string[] = [];
  for (const name of await namesIn(bucket)) {
    const path = `${RAW_FOLDER}/${name}`;
    const bytes = (await bucket.head(path))?.bytes;
    const alike = known.flatMap((files) => files[name] ?? []).filter((one) => one.bytes === bytes);
    const sha256 = alike.length === 0 ? undefined : await sha256Of(bucket, path, signal);
    if (!alike.some((one) => one.sha256 === sha256)) strange.push(name);
  }
  return strange;
}

async function namesIn(bucket: Bucket): Promise<readonly string[]> {
  const all = Object.values(RAW_FILES).flatMap(rawFileForms);
  const there = (await bucket.list(`${RAW_FOLDER}/`)).map(({ path }) => path);
  return all.filter((name) => there.includes(`${RAW_FOLDER}/${name}`));
}

async function sha256Of(bucket: Bucket, path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of await bucket.stream(path)) {
    signal.throwIfAborted();
    hash.update(piece as Buffer);
  }
  return hash.digest("hex");
}
