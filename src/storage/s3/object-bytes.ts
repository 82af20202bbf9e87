import { GetObjectCommand, type GetObjectCommandOutput } from "@aws-sdk/client-s3";
import { setTimeout as sleep } from "node:timers/promises";

import { ObjectNotFoundError } from "../bucket.ts";
import { keyOf, type Location } from "./location.ts";
import { ATTEMPTS } from "./s3-client.ts";
import { isMissing, isPastTheEnd } from "./s3-errors.ts";

/** A part of an object, and of which version. */
export interface ObjectPart {
  /** First byte; 0 if left out. */
  readonly offset?: number;
  /** Bytes at most; to the end if left out. */
  readonly length?: number;
  readonly etag?: string;
}

/**
 * The bytes of an object, piece by piece. Where a connection breaks in the middle, another goes on from the byte that was reached:
 * the client itself tries again only until an answer has begun.
 *
 * An object that is replaced meanwhile fails the read, for the two would be mixed.
 *
 * @throws ObjectNotFoundError
 */
export async function* objectBytes(
  location: Location,
  path: string,
  { offset = 0, length = Infinity, etag }: ObjectPart = {},
): AsyncGenerator<Uint8Array> {
  let version = etag;
  let reached = offset;
  const end = offset + length;
  let failures = 0;
  while (reached < end) {
    const answer = await ask(location, path, reached, end, version);
    if (answer === undefined) return;
    version = answer.ETag;
    try {
      for await (const piece of answer.Body as AsyncIterable<Uint8Array>) {
        yield piece;
        reached += piece.length;
        failures = 0;
      }
      return;
    } catch (error) {
      if (++failures === ATTEMPTS) throw error;
      await sleep(100 * 2 ** failures);
    }
  }
}

/** All those bytes in one piece of memory, `target` where it is given. */
export async function readBytes(
  location: Location,
  path: string,
  part: ObjectPart,
  target: Uint8Array,
): Promise<Uint8Array> {
  let done = 0;
  for await (const piece of objectBytes(location, path, part)) {
    target.set(piece, done);
    done += piece.length;
  }
  return target.subarray(0, done);
}

/** @returns undefined where the object ends before `start` */
async function ask(
  location: Location,
  path: string,
  start: number,
  end: number,
  version: string | undefined,
): Promise<GetObjectCommandOutput | undefined> {
  const isWhole = start === 0 && end === Infinity;
  const range = `bytes=${start}-${end === Infinity ? "" : end - 1}`;
  try {
    return await location.client.send(
      new GetObjectCommand({
        Bucket: location.name,
        Key: keyOf(location, path),
        ...(isWhole ? {} : { Range: range }),
        ...(version === undefined ? {} : { IfMatch: version }),
      }),
    );
  } catch (error) {
    if (isPastTheEnd(error)) return undefined;
    throw isMissing(error) ? new ObjectNotFoundError(location.url, path) : error;
  }
}
