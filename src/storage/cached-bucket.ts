import { type BlockCache, createBlockCache } from "./block-cache.ts";
import type { ObjectReader, ReadableBucket } from "./bucket.ts";

/** In S3 a trip takes as long for these as for a few; a block holds the lists of about twenty users. */
const BLOCK_BYTES = 1 << 15;

/**
 * A bucket whose opened objects are read in blocks, of which the latest used ones are kept in memory: for many small
 * reads where each is a trip over the network.
 */
export function cachedBucket(bucket: ReadableBucket, mostBytes: number): ReadableBucket {
  const cache = createBlockCache(mostBytes, BLOCK_BYTES);
  let opened = 0;
  return {
    url: bucket.url,
    read: (path) => bucket.read(path),
    head: (path) => bucket.head(path),
    async open(path) {
      const reader = await bucket.open(path);
      // Not by its path alone: an object that is opened again may be another by then.
      return cachedReader(reader, cache, `${opened++} `);
    },
  };
}

function cachedReader(reader: ObjectReader, cache: BlockCache, name: string): ObjectReader {
  const block = (number: number): Promise<Uint8Array> =>
    cache.get(`${name}${number}`, () => reader.read(number * BLOCK_BYTES, BLOCK_BYTES));
  return {
    bytes: reader.bytes,
    async read(offset, length, target) {
      const end = Math.min(offset + Math.min(length, target?.length ?? length), reader.bytes);
      const bytes = target ?? new Uint8Array(Math.max(0, end - offset));
      const first = Math.floor(offset / BLOCK_BYTES);
      const reads: Promise<Uint8Array>[] = [];
      for (let number = first; number * BLOCK_BYTES < end; number++) reads.push(block(number));
      let done = 0;
      for (const [i, piece] of (await Promise.all(reads)).entries()) {
        const start = (first + i) * BLOCK_BYTES;
        const part = piece.subarray(Math.max(0, offset - start), Math.max(0, end - start));
        bytes.set(part, done);
        done += part.length;
      }
      return bytes.subarray(0, done);
    },
    async close() {
      cache.drop(name);
      await reader.close();
    },
  };
}
