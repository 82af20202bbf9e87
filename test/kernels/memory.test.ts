import { afterEach, expect, test } from "vitest";

import { type Kernels, random } from "../../src/kernels/index.ts";
import { multiply, plain, transposed } from "./definitions.ts";
import { fill, largestError, open, randomMatrix } from "./open.ts";

let kernels: Kernels;
afterEach(() => kernels.close());

test("arrays handed out before the memory grows keep their values and still work", async () => {
  kernels = await open(2);
  const stream = random(1);
  const a = randomMatrix(kernels, 40, 8, stream);
  const before = a.values.slice();
  const b = kernels.matrix(300, 8);
  const out = kernels.matrix(40, 300);
  kernels.multiplyTransposed(out, a, b); // the workers have seen the small memory
  for (let step = 0; step < 12; step++) kernels.float32(400_000);
  const later = randomMatrix(kernels, 300, 8, stream);
  expect(later.values.byteOffset).toBeGreaterThan(12 * 1_600_000);
  expect(later.values.buffer.byteLength).toBeGreaterThan(a.values.buffer.byteLength);
  expect(a.values).toEqual(before);
  kernels.multiplyTransposed(out, a, later);
  const expected = multiply(plain(a), transposed(plain(later)));
  expect(largestError(out.values, expected.values)).toBeLessThan(1e-5);
});

test("memory above 2 GiB is reached", async () => {
  kernels = await open(2);
  kernels.float32(540_000_000); // 2.01 GiB, never touched and so never backed by real memory
  const a = randomMatrix(kernels, 33, 8, random(1));
  expect(a.values.byteOffset).toBeGreaterThan(2 ** 31);
  const out = kernels.matrix(33, 33);
  kernels.multiplyTransposed(out, a, a);
  const expected = multiply(plain(a), transposed(plain(a)));
  expect(largestError(out.values, expected.values)).toBeLessThan(1e-5);
});

test("reset frees what was allocated since the mark, and reused memory is zero again", async () => {
  kernels = await open();
  const kept = fill(kernels.float32(10), random(1));
  const before = kept.slice();
  const mark = kernels.mark();
  const first = fill(kernels.float32(1000), random(2));
  kernels.reset(mark);
  const second = kernels.float32(2000);
  expect(second.byteOffset).toBe(first.byteOffset);
  expect(second.every((x) => x === 0)).toBe(true);
  expect(kept).toEqual(before);
  expect(() => {
    kernels.reset(kernels.mark() + 64);
  }).toThrow(RangeError);
});

test("arrays start at multiples of 64 bytes", async () => {
  kernels = await open();
  for (const length of [0, 1, 15, 16, 17]) {
    expect(kernels.float32(length).byteOffset % 64).toBe(0);
    expect(kernels.uint32(length).byteOffset % 64).toBe(0);
  }
});

test("the limit is kept, and the message says what was needed and allowed", async () => {
  kernels = await open(1, 16);
  kernels.float32(3_000_000);
  expect(() => kernels.float32(3_000_000)).toThrow(
    /the kernels need 24 MiB of memory, allowed are 16/,
  );
  expect(kernels.float32(100).length).toBe(100);
  expect(() => kernels.float32(-1)).toThrow("must be a whole number, got -1");
  expect(() => kernels.float32(1.5)).toThrow(RangeError);
});

test("an array of another memory is refused", async () => {
  kernels = await open();
  const own = kernels.float32(4);
  expect(() => {
    kernels.exp(own, new Float32Array(4));
  }).toThrow("the array is not in the kernels' memory");
});

test("a number of threads that makes no sense is refused", async () => {
  kernels = await open();
  await expect(open(0)).rejects.toThrow("threads must be a whole number from 1 on, got 0");
  await expect(open(1.5)).rejects.toThrow(RangeError);
});
