import fc from "fast-check";
import { expect, test } from "vitest";

import {
  decodeSafetensors,
  encodeSafetensors,
  openTensors,
  vector,
} from "../../src/storage/index.ts";
import { temporaryBucket } from "./temporary-folder.ts";

/** A file written by hand from the format's description: u64 header length, header, data. */
function fileByHand(header: object, data: readonly number[]): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.from(data)]);
}

test("a file made by another library is read, its metadata left aside", () => {
  const header = {
    __metadata__: { format: "pt" },
    weight: { dtype: "F32", shape: [2, 1], data_offsets: [0, 8] },
    bytes: { dtype: "U8", shape: [3], data_offsets: [8, 11] },
  };
  const file = fileByHand(header, [0, 0, 128, 63, 0, 0, 0, 192, 7, 8, 9]);
  // A Buffer in the middle of a larger pool, as the file system hands them out.
  const pooled = Buffer.concat([Buffer.alloc(5), file]).subarray(5);
  expect(decodeSafetensors(pooled)).toEqual({
    weight: { shape: [2, 1], values: Float32Array.of(1, -2) },
    bytes: { shape: [3], values: Uint8Array.of(7, 8, 9) },
  });
});

test("an unknown dtype is refused by name", () => {
  const file = fileByHand({ x: { dtype: "BF16", shape: [1], data_offsets: [0, 2] } }, [0, 0]);
  expect(() => decodeSafetensors(file)).toThrow("tensor x has dtype BF16, known are U8, I32");
});

test("values that do not fill the shape are refused", () => {
  const tensor = { shape: [2, 3], values: new Float32Array(5) };
  expect(() => encodeSafetensors({ tensor })).toThrow(
    "tensor tensor of shape (2, 3) needs 6 values, got 5",
  );
});

test("every array starts at a multiple of its element's size, for memory maps", () => {
  const file = Buffer.concat(
    encodeSafetensors({
      näme: vector(Uint8Array.of(1, 2, 3)),
      wide: vector(Float64Array.of(1)),
      word: vector(Uint32Array.of(1)),
    }),
  );
  const headerLength = Number(file.readBigUInt64LE());
  const header = JSON.parse(file.toString("utf8", 8, 8 + headerLength)) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  expect((8 + headerLength) % 8).toBe(0);
  expect(header["wide"]!.data_offsets[0] % 8).toBe(0);
  expect(header["word"]!.data_offsets[0] % 4).toBe(0);
});

test("what is encoded decodes to itself, whole or in part", async () => {
  const bucket = await temporaryBucket();
  const values = fc.oneof(
    fc.uint8Array(),
    fc.int32Array(),
    fc.uint32Array(),
    fc.float32Array({ noNaN: true }),
    fc.float64Array({ noNaN: true }),
  );
  const names = fc.stringMatching(/^[a-z_]{1,9}$/);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, values), fc.nat(), async (arrays, position) => {
      const tensors = Object.fromEntries(
        Object.entries(arrays).map(([name, array]) => [name, vector(array)]),
      );
      const file = Buffer.concat(encodeSafetensors(tensors));
      expect(decodeSafetensors(file)).toEqual(tensors);
      await bucket.write("file", file);
      const reader = await openTensors(bucket, "file");
      for (const [name, array] of Object.entries(arrays)) {
        const start = array.length === 0 ? 0 : position % array.length;
        const part = await reader.read(name, start, array.length - start);
        expect(part).toEqual(array.slice(start));
      }
      await reader.close();
    }),
    { numRuns: 50, examples: [[Object.fromEntries([["__proto__", Uint8Array.of(7)]]), 0]] },
  );
});

test("a tensor that is not there, or not all there, is told", async () => {
  const bucket = await temporaryBucket();
  const header = { x: { dtype: "U8", shape: [4], data_offsets: [0, 4] } };
  await bucket.write("cut", fileByHand(header, [1, 2]));
  const reader = await openTensors(bucket, "cut");
  await expect(reader.read("y", 0, 1)).rejects.toThrow('cut has no tensor "y"');
  await expect(reader.read("x", 0, 4)).rejects.toThrow('cut ends inside tensor "x"');
  await reader.close();
});
