import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import { ObjectNotFoundError } from "../bucket.ts";
import { isMissing } from "./s3-errors.ts";

/** Where in S3 a bucket of ours is. */
export interface Location {
  readonly client: S3Client;
  /** For people. */
  readonly url: string;
  /** The S3 bucket. */
  readonly name: string;
  /** What all our keys begin with: empty, or ending in `/`. */
  readonly prefix: string;
}

/** An object's size and version. */
export interface ObjectHead {
  readonly bytes: number;
  readonly etag: string;
}

/** @throws RangeError for a path that would leave the bucket */
export function keyOf({ prefix }: Location, path: string): string {
  if (path.startsWith("/") || path.split("/").includes("..")) {
    throw new RangeError(`path "${path}" leaves the bucket`);
  }
  return prefix + path;
}

/** `undefined` if there is no such object. */
export async function headOf(location: Location, path: string): Promise<ObjectHead | undefined> {
  const { client, name } = location;
  try {
    const { ContentLength, ETag } = await client.send(
      new HeadObjectCommand({ Bucket: name, Key: keyOf(location, path) }),
    );
    return { bytes: ContentLength ?? 0, etag: ETag ?? "" };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** @throws ObjectNotFoundError */
export async function existingHead(location: Location, path: string): Promise<ObjectHead> {
  const head = await headOf(location, path);
  if (head === undefined) throw new ObjectNotFoundError(location.url, path);
  return head;
}
