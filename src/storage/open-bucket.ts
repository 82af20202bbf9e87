import { resolve } from "node:path";

import type { Bucket, ReadableBucket } from "./bucket.ts";
import { cachedBucket } from "./cached-bucket.ts";
import { folderBucket } from "./folder-bucket.ts";

const SCHEME = "s3://";

/** Is this place in S3, not a folder? */
export function isS3Url(place: string): boolean {
  return place.startsWith(SCHEME);
}

/** The place's name that is right from every working directory. */
export function absolutePlace(place: string): string {
  return isS3Url(place) ? place : resolve(place);
}

/** Where something inside a place is, for people: a file's path or a URL. */
export function placeWithin(place: string, ...parts: readonly string[]): string {
  return isS3Url(place)
    ? [place.replace(/\/+$/, ""), ...parts].join("/")
    : resolve(place, ...parts);
}

/**
 * The bucket at a place: a folder's path, or `s3://bucket` or `s3://bucket/some/prefix`.
 *
 * @param place - where
 * @param prefix - the folder inside it that everything stands in; `.` for none
 * @throws Error for a URL without a bucket's name, or one that is not written so
 */
export async function openBucket(place: string, prefix: string): Promise<Bucket> {
  if (!isS3Url(place)) {
    if (/^s3:/i.test(place)) throw notNamedSo(place);
    return folderBucket(place, prefix);
  }
  // Loaded here: it takes a tenth of a second and 20 MB that a folder has no use for.
  const [{ s3Bucket }, { s3Client }] = await Promise.all([
    import("./s3/s3-bucket.ts"),
    import("./s3/s3-client.ts"),
  ]);
  return s3Bucket({ client: s3Client(), ...locationOf(place, prefix) });
}

/**
 * The same bucket for a process that only reads, and whose reader waits: what it opens is read in blocks, of which it
 * keeps the latest used up to `cacheBytes`.
 *
 * @throws Error for a URL without a bucket's name
 */
export async function openReadableBucket(
  place: string,
  prefix: string,
  { cacheBytes }: { readonly cacheBytes: number },
): Promise<ReadableBucket> {
  if (!isS3Url(place)) return folderBucket(place, prefix);
  const [{ readableS3Bucket }, { rememberedReads }, { HURRIED, s3Client }] = await Promise.all([
    import("./s3/readable-s3-bucket.ts"),
    import("./s3/remembered-reads.ts"),
    import("./s3/s3-client.ts"),
  ]);
  const location = { client: s3Client(process.env, HURRIED), ...locationOf(place, prefix) };
  return cachedBucket(
    { ...readableS3Bucket(location), read: rememberedReads(location) },
    cacheBytes,
  );
}

function locationOf(place: string, prefix: string) {
  const [name = "", ...folders] = place.slice(SCHEME.length).split("/");
  if (name === "") throw notNamedSo(place);
  const parts = [...folders, ...prefix.split("/")].filter((part) => part !== "" && part !== ".");
  return { url: place, name, prefix: parts.map((part) => `${part}/`).join("") };
}

function notNamedSo(place: string): Error {
  return new Error(`a bucket in S3 is named s3://bucket or s3://bucket/prefix, got "${place}"`);
}
