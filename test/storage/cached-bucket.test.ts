import fc from "fast-check";
import { expect, test } from "vitest";

import { createBlockCache } from "../../src/storage/block-cache.ts";
import { cachedBucket } from "../../src/storage/cached-bucket.ts";
import type { ReadableBucket } from "../../src/storage/index.ts";
import { temporaryBucket } from "./temporary-folder.ts";

/** A bucket with one object, that counts the reads of it. */
async function counted(bytes: Uint8Array) {
  const store = await temporaryBucket();
  await store.write("object", bytes);
  const reads: [offset: number, length: number][] = [];
  const bucket: ReadableBucket = {
    ...store,
    async open(path) {
      const reader = await store.open(path);
      return {
        bytes: reader.bytes,
        read(offset, length, target) {
          reads.push([offset, length]);
          return reader.read(offset, length, target);
        },
        close: () => reader.close(),
      };
    },
  };
  return { bucket, reads, store };
}

const BLOCK = 32_768;
const bytes = Uint8Array.from({ length: 3 * BLOCK + 100 }, (_, i) => (i * 7919) % 251);

test("any part of an object is read as without the cache, however little the cache holds", async () => {
  const { bucket } = await counted(bytes);
  for (const mostBytes of [1, 2 * BLOCK, 100 * BLOCK]) {
    const reader = await cachedBucket(bucket, mostBytes).open("object");
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length + 10), fc.nat(2 * BLOCK), async (offset, length) => {
        const expected = Buffer.from(bytes.subarray(offset, offset + length));
        expect(Buffer.from(await reader.read(offset, length)).equals(expected)).toBe(true);
        const target = new Uint8Array(length);
        const got = await reader.read(offset, length, target);
        expect(Buffer.from(got).equals(expected)).toBe(true);
        expect(got.buffer).toBe(target.buffer);
      }),
      { numRuns: 50 },
    );
    await reader.close();
  }
});

test("what was read is not read again, and who asks while it is read waits for the same read", async () => {
  const { bucket, reads } = await counted(bytes);
  const reader = await cachedBucket(bucket, 100 * BLOCK).open("object");
  await Promise.all([reader.read(0, 10), reader.read(5, 10), reader.read(BLOCK - 5, 10)]);
  await reader.read(100, 1000);
  expect(reads).toEqual([
    [0, BLOCK],
    [BLOCK, BLOCK],
  ]);
});

test("an object that is opened again is read anew: it may be another", async () => {
  const { bucket, reads, store } = await counted(bytes);
  const cached = cachedBucket(bucket, 100 * BLOCK);
  const before = await cached.open("object");
  expect([...(await before.read(0, 2))]).toEqual([0, 7919 % 251]);
  await store.write("object", new Uint8Array(bytes.length).fill(9));
  const after = await cached.open("object");
  expect([...(await after.read(0, 2))]).toEqual([9, 9]);
  expect([...(await before.read(0, 2))]).toEqual([0, 7919 % 251]);
  expect(reads).toHaveLength(2);
});

const block = (value: number) => () => Promise.resolve(Uint8Array.of(value));

test("the cache never holds more than it may, and lets go of what was not used for longest", async () => {
  const cache = createBlockCache(30, 10);
  const read: string[] = [];
  const get = (key: string) =>
    cache.get(key, () => {
      read.push(key);
      return block(0)();
    });
  for (const key of ["a", "b", "c", "a", "d", "a", "b"]) {
    await get(key);
    expect(cache.bytes).toBeLessThanOrEqual(30);
  }
  // "a" was used again before "d" came, so "b" made room.
  expect(read).toEqual(["a", "b", "c", "d", "b"]);
});

test("a read that fails is told to who waits for it, and tried again by the next", async () => {
  const cache = createBlockCache(30, 10);
  const fail = () => Promise.reject(new Error("cut"));
  await expect(Promise.all([cache.get("a", fail), cache.get("a", block(1))])).rejects.toThrow(
    "cut",
  );
  expect(cache.bytes).toBe(0);
  expect([...(await cache.get("a", block(2)))]).toEqual([2]);
});

test("a closed object's blocks make room, those of others stay", async () => {
  const { bucket, reads } = await counted(bytes);
  const cached = cachedBucket(bucket, 100 * BLOCK);
  const [one, other] = [await cached.open("object"), await cached.open("object")];
  await one.read(0, 1);
  await other.read(0, 1);
  await one.close();
  await other.read(1, 1);
  expect(reads).toHaveLength(2);
});
