import { truncate } from "node:fs/promises";

import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type Bucket,
  createIndexWriter,
  encodeRows,
  openIndex,
  type RankedList,
} from "../../../src/storage/index.ts";
import { temporaryBucket } from "../temporary-folder.ts";

const list = (...entries: [index: number, probability: number][]): RankedList => ({
  indices: Uint32Array.from(entries, ([index]) => index),
  probabilities: Float32Array.from(entries, ([, probability]) => probability),
  count: entries.length,
});

async function write(
  bucket: Bucket,
  layout: { k: number; lists: number },
  rows: readonly (readonly RankedList[])[],
): Promise<void> {
  const writer = await createIndexWriter(await bucket.create("index"), {
    ...layout,
    rows: rows.length,
  });
  for (const row of rows) await writer.writeRow(row);
  await writer.close();
}

test("A32 the file's bytes are the documented ones, little-endian", async () => {
  const bucket = await temporaryBucket();
  await write(bucket, { k: 2, lists: 1 }, [[list([7, 0.5])]]);
  const file = Buffer.from(await bucket.read("index"));
  const expected = Buffer.alloc(32 + 4 + 2 * 8);
  expected.write("RSIX");
  expected.writeUInt32LE(1, 4); // version
  expected.writeUInt32LE(2, 8); // k
  expected.writeUInt32LE(1, 12); // rows
  expected.writeUInt32LE(1, 16); // lists per row
  expected.writeUInt32LE(1, 32); // count
  expected.writeUInt32LE(7, 36);
  expected.writeFloatLE(0.5, 40);
  expect(file).toEqual(expected);
});

test("A32 any list of any row is read back, as long as asked for", async () => {
  const bucket = await temporaryBucket();
  const entry = fc.tuple(fc.nat(0xffff_ffff), fc.float({ min: 0, max: 1, noNaN: true }));
  const rows = fc.array(fc.tuple(...[1, 2, 3].map(() => fc.array(entry, { maxLength: 4 }))), {
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(5), async (table, count) => {
      await write(
        bucket,
        { k: 4, lists: 3 },
        table.map((row) => row.map((entries) => list(...entries))),
      );
      const index = await openIndex(bucket, "index");
      expect(index).toMatchObject({ k: 4, lists: 3, rows: table.length });
      for (const [r, row] of table.entries()) {
        for (const [l, entries] of row.entries()) {
          const read = await index.readList(r, l, count);
          expect(read).toEqual(list(...entries.slice(0, count)));
        }
      }
      await index.close();
    }),
    { numRuns: 30 },
  );
});

test("blocks that shards encoded give the very file that rows one by one give", async () => {
  const bucket = await temporaryBucket();
  const layout = { k: 3, lists: 2 };
  const rows = [1, 2, 3, 4, 5].map((row) => [list([row, 0.5], [row + 1, 0.25]), list([9, 1])]);
  await write(bucket, layout, rows);
  const byRow = await bucket.read("index");
  const writer = await createIndexWriter(await bucket.create("blocks"), { ...layout, rows: 5 });
  await writer.writeRow(rows[0]!);
  await writer.writeRows(encodeRows(layout, rows.slice(1, 4)));
  await writer.writeRow(rows[4]!);
  await writer.close();
  expect(await bucket.read("blocks")).toEqual(byRow);
});

test("what does not fit is refused when it is written", async () => {
  const bucket = await temporaryBucket();
  const layout = { k: 1, lists: 1 };
  expect(() => encodeRows(layout, [[list([1, 0.1], [2, 0.1])]])).toThrow(
    "a list has room for 1 entries, got 2",
  );
  expect(() => encodeRows(layout, [[]])).toThrow("a row has 1 lists, got 0");
  for (const wrong of [NaN, -0.1, 1.1]) {
    expect(() => encodeRows(layout, [[list([1, wrong])]])).toThrow("lies in [0, 1]");
  }
  const writer = await createIndexWriter(await bucket.create("short"), { ...layout, rows: 2 });
  await writer.writeRow([list([1, 0.1])]);
  await expect(writer.writeRows(new Uint8Array(5))).rejects.toThrow("not whole rows of 12 bytes");
  await expect(writer.close()).rejects.toThrow("promised 2 rows, got 1");
});

test("a file that is no index, is cut, or is asked for what it has not, is refused", async () => {
  const bucket = await temporaryBucket();
  await write(bucket, { k: 1, lists: 1 }, [[list([1, 0.1])]]);
  const file = await bucket.read("index");
  await bucket.write("cut", file.subarray(0, -1));
  await bucket.write("other", "a text that is longer than the header of an index file");
  const newer = Buffer.from(file);
  newer.writeUInt32LE(2, 4);
  await bucket.write("newer", newer);
  await expect(openIndex(bucket, "cut")).rejects.toThrow("its header promises 44");
  await expect(openIndex(bucket, "other")).rejects.toThrow("other is not an index file");
  await expect(openIndex(bucket, "newer")).rejects.toThrow("newer has format version 2");
  const index = await openIndex(bucket, "index");
  expect(() => index.readList(1, 0, 1)).toThrow("index has no list 0 in row 1");
  expect(() => index.readList(0, 1, 1)).toThrow("index has no list 1 in row 0");
  expect(() => index.readList(-1, 0, 1)).toThrow("in row -1");
  await index.close();
});

test("a file that is cut while it is open is refused, whether or not it is waited for", async () => {
  const bucket = await temporaryBucket();
  await write(bucket, { k: 2, lists: 1 }, [[list([1, 0.5], [2, 0.25])]]);
  const waiting: Bucket = {
    ...bucket,
    async open(path) {
      const reader = await bucket.open(path);
      return {
        bytes: reader.bytes,
        read: (...range) => reader.read(...range),
        close: () => reader.close(),
      };
    },
  };
  const [index, waitedFor] = [await openIndex(bucket, "index"), await openIndex(waiting, "index")];
  expect(await waitedFor.readList(0, 0, 2)).toEqual(index.readList(0, 0, 2));
  const file = await bucket.toLocalFile("index", "");
  await truncate(file, 32 + 4 + 8);
  expect(index.readList(0, 0, 1)).toEqual(list([1, 0.5]));
  expect(() => index.readList(0, 0, 2)).toThrow("index ends inside a list");
  await expect(waitedFor.readList(0, 0, 2)).rejects.toThrow("index ends inside a list");
  await index.close();
  await waitedFor.close();
});
