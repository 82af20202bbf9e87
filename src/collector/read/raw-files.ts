import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

import { DataError, RAW_FILES } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { StructureProblems } from "../check/structure.ts";

/** A raw file on the local disk, unpacked. */
export interface LocalFile {
  /** How people know it: `raw_data/item_features.csv.gz`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export interface RawFiles {
  readonly interactions: LocalFile;
  readonly items: FeatureFiles;
  /** Absent when there is no `user_features.csv` (A9). */
  readonly users: FeatureFiles | undefined;
  /** Absent when there is no `impressions.csv`. */
  readonly impressions: LocalFile | undefined;
}

export interface FeatureFiles {
  readonly features: LocalFile;
  readonly description: LocalFile;
}

/** Where raw files are: the objects of `bucket` whose path is `prefix` and the file's name. */
export interface RawSource {
  readonly bucket: Bucket;
  readonly prefix: string;
}

/**
 * Finds the raw files and brings them to the local disk, unpacked.
 *
 * @throws DataError naming every file that is missing, double or not what its name says
 */
export async function openRawFiles(
  source: RawSource,
  scratchFolder: string,
  signal: AbortSignal,
): Promise<RawFiles> {
  const problems = new StructureProblems();
  const find = (name: string): Promise<string | undefined> => findOne(source, name, problems);
  const names = {
    interactions: await find(RAW_FILES.interactions),
    itemFeatures: await find(RAW_FILES.itemFeatures),
    itemDescription: await find(RAW_FILES.itemDescription),
    userFeatures: await find(RAW_FILES.userFeatures),
    userDescription: await find(RAW_FILES.userDescription),
    impressions: await find(RAW_FILES.impressions),
  };
  for (const key of ["interactions", "itemFeatures", "itemDescription"] as const) {
    if (names[key] === undefined) missing(source, RAW_FILES[key], problems);
  }
  if ((names.userFeatures === undefined) !== (names.userDescription === undefined)) {
    const key = names.userFeatures === undefined ? "userFeatures" : "userDescription";
    missing(source, RAW_FILES[key], problems);
  }
  problems.throwIfAny();

  const local = (name: string | undefined): Promise<LocalFile> =>
    toLocalFile(source, name!, scratchFolder, signal);
  return {
    interactions: await local(names.interactions),
    items: {
      features: await local(names.itemFeatures),
      description: await local(names.itemDescription),
    },
    users:
      names.userFeatures === undefined
        ? undefined
        : {
            features: await local(names.userFeatures),
            description: await local(names.userDescription),
          },
    impressions: names.impressions === undefined ? undefined : await local(names.impressions),
  };
}

/** The object's name with or without `.gz`, `undefined` if there is neither. */
async function findOne(
  { bucket, prefix }: RawSource,
  name: string,
  problems: StructureProblems,
): Promise<string | undefined> {
  const candidates = name.endsWith(".csv") ? [name, `${name}.gz`] : [name];
  const found: string[] = [];
  for (const candidate of candidates) {
    if ((await bucket.head(`${prefix}${candidate}`)) !== undefined) found.push(candidate);
  }
  if (found.length > 1) {
    problems.add(
      { file: `${prefix}${name}` },
      `${found.join(" and ")} are both there; remove the one that is out of date`,
    );
  }
  return found[0];
}

function missing({ bucket, prefix }: RawSource, name: string, problems: StructureProblems): void {
  const packed = name.endsWith(".csv") ? ` (or ${name}.gz)` : "";
  problems.add(
    { file: `${prefix}${name}` },
    `the file is missing; put ${name}${packed} into ${prefix === "" ? bucket.url : `${bucket.url}, folder ${prefix}`}`,
  );
}

async function toLocalFile(
  { bucket, prefix }: RawSource,
  name: string,
  scratchFolder: string,
  signal: AbortSignal,
): Promise<LocalFile> {
  const file = `${prefix}${name}`;
  const packed = await bucket.toLocalFile(file, scratchFolder);
  const path = name.endsWith(".gz") ? join(scratchFolder, basename(name, ".gz")) : packed;
  if (path !== packed) {
    try {
      await pipeline(createReadStream(packed), createGunzip(), createWriteStream(path), { signal });
    } catch (error) {
      signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw new DataError({ file }, `cannot be unpacked (${reason}); pack it again with gzip`);
    }
  }
  return { name: file, path, bytes: (await stat(path)).size };
}
