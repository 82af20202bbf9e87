import type { ObjectReader, ReadableBucket } from "../bucket.ts";
import { existingHead, headOf, type Location } from "./location.ts";
import { readBytes, unlessChanged } from "./object-bytes.ts";

/** The part of a bucket in S3 that only reads; what writes weighs more and stands apart. */
export function readableS3Bucket(location: Location): ReadableBucket {
  return {
    url: location.url,
    read: (path) => unlessChanged(() => readBytes(location, path)),
    open: (path) => openObject(location, path),
    async head(path) {
      const head = await headOf(location, path);
      return head && { path, bytes: head.bytes };
    },
  };
}

async function openObject(location: Location, path: string): Promise<ObjectReader> {
  const { bytes, etag } = await existingHead(location, path);
  return {
    bytes,
    read(offset, length, target) {
      const room = target ?? new Uint8Array(Math.max(0, Math.min(length, bytes - offset)));
      const wanted = Math.min(length, room.length);
      return wanted === 0
        ? Promise.resolve(room)
        : readBytes(location, path, { offset, length: wanted, etag }, room);
    },
    close: () => Promise.resolve(),
  };
}
