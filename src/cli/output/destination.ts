import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";

import { type Bucket, isS3Url, openBucket, placeWithin } from "../../storage/index.ts";
import { UsageError } from "../usage-error.ts";

/** A place that a command writes files to: a folder, or `s3://bucket` or `s3://bucket/some/prefix`. */
export interface Destination {
  /** Is there anything yet? */
  isTaken(): Promise<boolean>;
  /** Where a file of it is, for people. */
  at(name: string): string;
  /** Writes a file from its pieces; where they end in an error, or the command is stopped, there is none. */
  write(name: string, pieces: Pieces, signal: AbortSignal): Promise<void>;
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** @throws UsageError if the place is meant to be in S3 and is not written so: a folder of that name would be made without a word */
export async function openDestination(place: string): Promise<Destination> {
  if (isS3Url(place)) return inS3(place, await openBucket(place, ".").catch(asUsage));
  if (/^s3:/i.test(place)) await openBucket(place, ".").catch(asUsage);
  return inFolder(place);
}

/** The destination of a single file, and the file's name in it. */
export async function fileDestination(place: string): Promise<readonly [Destination, string]> {
  return [await openDestination(dirname(place)), basename(place)];
}

function inFolder(folder: string): Destination {
  return {
    isTaken: async () => (await stat(folder).catch(() => undefined)) !== undefined,
    at: (name) => join(folder, name),
    async write(name, pieces, signal) {
      const target = join(folder, name);
      // By way of a temporary name, so that nobody sees half a file.
      const part = `${target}.part`;
      await mkdir(dirname(target), { recursive: true });
      try {
        await pipeline(pieces, createWriteStream(part), { signal });
        await rename(part, target);
      } finally {
        await rm(part, { force: true });
      }
    },
  };
}

function inS3(place: string, bucket: Bucket): Destination {
  return {
    isTaken: async () => (await bucket.list("")).length > 0,
    at: (name) => placeWithin(place, name),
    async write(name, pieces, signal) {
      const writer = await bucket.create(name);
      try {
        for await (const piece of pieces) {
          signal.throwIfAborted();
          await writer.write(piece);
        }
        await writer.close();
      } catch (error) {
        await writer.abort();
        throw error;
      }
    },
  };
}

function asUsage(error: Error): never {
  throw new UsageError(error.message);
}
