import { GetObjectCommand } from "@aws-sdk/client-s3";
import { setTimeout as sleep } from "node:timers/promises";

import { ObjectChangedError, ObjectNotFoundError } from "../bucket.ts";
import { keyOf, type Location } from "./location.ts";
import { ATTEMPTS } from "./s3-client.ts";
import { isConditionUnmet, isMissing, isNotModified, isPastTheEnd } from "./s3-errors.ts";

const MOST_CHANGES = 5;

/** A part of an object, and of which version. */
interface ObjectPart {
  /** First byte; 0 if left out. */
  readonly offset?: number;
  /** Bytes at most; to the end if left out. */
  readonly length?: number;
  /** The version that it must be. */
  readonly etag?: string;
  /** A version that is known: where it is still the one, nothing is sent. */
  readonly known?: string | undefined;
}

/** The object is still the version that was known. */
export class NotModifiedError extends Error {
  override readonly name = "NotModifiedError";
}

/** An answer that has begun. */
export interface ObjectBytes {
  /** How many there will be. */
  readonly bytes: number;
  readonly etag: string | undefined;
  /**
   * Where a connection breaks in the middle, another goes on from the byte that was reached: the client itself tries
   * again only until an answer has begun.
   */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Begins to read an object.
 *
 * @throws ObjectNotFoundError
 * @throws ObjectChangedError if it is no longer the version that was asked for, or is replaced while it is read
 * @throws NotModifiedError if it still is the version that is known
 */
export async function readObject(
  location: Location,
  path: string,
  { offset = 0, length = Infinity, etag, known }: ObjectPart = {},
): Promise<ObjectBytes> {
  const end = offset + length;
  const first = await ask(location, path, offset, end, etag, known);
  return {
    bytes: first?.ContentLength ?? 0,
    etag: first?.ETag,
    pieces: first === undefined ? none() : pieces(first, location, path, offset, end),
  };
}

/** The same as bytes in one piece of memory: `target` where it is given and large enough. */
export async function readBytes(
  location: Location,
  path: string,
  part: ObjectPart = {},
  target?: Uint8Array,
): Promise<Uint8Array> {
  return collected(await readObject(location, path, part), target);
}

/** All pieces in one. */
export async function collected(object: ObjectBytes, target?: Uint8Array): Promise<Uint8Array> {
  const room = target ?? Buffer.allocUnsafeSlow(object.bytes);
  let done = 0;
  for await (const piece of object.pieces) {
    room.set(piece, done);
    done += piece.length;
  }
  return room.subarray(0, done);
}

/** Reads again what was replaced in the middle, since the new version is as good. */
export async function unlessChanged<Result>(read: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ObjectChangedError) || tries === MOST_CHANGES) throw error;
    }
  }
}

async function* pieces(
  first: Answer,
  location: Location,
  path: string,
  offset: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let answer: Answer | undefined = first;
  let reached = offset;
  let failures = 0;
  while (answer !== undefined) {
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
    // Broken off after its last byte, it has nothing left to ask for.
    answer = reached < end ? await ask(location, path, reached, end, first.ETag) : undefined;
  }
}

async function* none(): AsyncGenerator<Uint8Array> {}

type Answer = Awaited<ReturnType<typeof get>>;

/** @returns undefined where the object ends before `start` */
async function ask(
  location: Location,
  path: string,
  start: number,
  end: number,
  version: string | undefined,
  known?: string,
): Promise<Answer | undefined> {
  const isWhole = start === 0 && end === Infinity;
  try {
    return await get(location, path, {
      ...(isWhole ? {} : { Range: `bytes=${start}-${end === Infinity ? "" : end - 1}` }),
      ...(version === undefined ? {} : { IfMatch: version }),
      ...(known === undefined ? {} : { IfNoneMatch: known }),
    });
  } catch (error) {
    if (isPastTheEnd(error)) return undefined;
    if (known !== undefined && isNotModified(error)) throw new NotModifiedError();
    if (isMissing(error)) throw new ObjectNotFoundError(location.url, path);
    if (version === undefined || !isConditionUnmet(error)) throw error;
    throw new ObjectChangedError(`"${path}" in ${location.url} was replaced while it was read`, {
      cause: error,
    });
  }
}

function get(
  location: Location,
  path: string,
  options: { readonly Range?: string; readonly IfMatch?: string; readonly IfNoneMatch?: string },
) {
  return location.client.send(
    new GetObjectCommand({ Bucket: location.name, Key: keyOf(location, path), ...options }),
  );
}
