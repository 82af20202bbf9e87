import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Kernels, random, subMatrix } from "../../src/kernels/index.ts";
import { multiply, plain, transposed } from "./definitions.ts";
import { copy, largestError, open, randomMatrix } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

/** Rows, columns and depth: empty, single, around the tile (5 × 16), the blocks (60, 64, 256) and the depth (512). */
const SHAPES = [
  [0, 5, 8],
  [3, 0, 8],
  [3, 5, 0],
  [1, 1, 1],
  [5, 16, 4],
  [6, 17, 3],
  [7, 31, 17],
  [16, 33, 64],
  [61, 40, 511],
  [6, 270, 513],
  [67, 65, 1025],
] as const;
/** Float32 sums of terms of size 1: the error grows with the root of their number. */
const bound = (depth: number): number => 1e-6 * (1 + depth);

describe.each(SHAPES)("products of %i rows, %i columns and depth %i", (rows, columns, depth) => {
  test("multiplyTransposed is a · bᵀ", () => {
    const mark = kernels.mark();
    const stream = random(rows + 100 * columns + depth);
    const a = randomMatrix(kernels, rows, depth, stream);
    const b = randomMatrix(kernels, columns, depth, stream);
    const out = randomMatrix(kernels, rows, columns, stream);
    kernels.multiplyTransposed(out, a, b);
    const expected = multiply(plain(a), transposed(plain(b)));
    expect(largestError(out.values, expected.values)).toBeLessThan(bound(depth));
    kernels.reset(mark);
  });

  test("multiplyPacked gives the bytes of multiplyTransposed", () => {
    const mark = kernels.mark();
    const stream = random(rows + 100 * columns + depth);
    const a = randomMatrix(kernels, rows, depth, stream);
    const b = randomMatrix(kernels, columns, depth, stream);
    const [out, expected] = [kernels.matrix(rows, columns), kernels.matrix(rows, columns)];
    const packed = kernels.packedMatrix(columns, depth);
    kernels.pack(packed, b);
    kernels.multiplyTransposed(expected, a, b);
    kernels.multiplyPacked(out, a, packed);
    expect(out.values).toEqual(expected.values);
    kernels.reset(mark);
  });

  test("multiply is a · b, and adds it when asked to", () => {
    const mark = kernels.mark();
    const stream = random(rows + 100 * columns + depth);
    const a = randomMatrix(kernels, rows, depth, stream);
    const b = randomMatrix(kernels, depth, columns, stream);
    const out = randomMatrix(kernels, rows, columns, stream);
    const before = copy(kernels, out);
    const product = multiply(plain(a), plain(b)).values;
    kernels.multiply(out, a, b, { accumulate: true });
    expect(
      largestError(
        out.values,
        product.map((x, i) => x + before.values[i]!),
      ),
    ).toBeLessThan(bound(depth));
    kernels.multiply(out, a, b);
    expect(largestError(out.values, product)).toBeLessThan(bound(depth));
    kernels.reset(mark);
  });

  test("multiplyLeftTransposed is aᵀ · b, and adds it when asked to", () => {
    const mark = kernels.mark();
    const stream = random(rows + 100 * columns + depth);
    const a = randomMatrix(kernels, depth, rows, stream);
    const b = randomMatrix(kernels, depth, columns, stream);
    const out = randomMatrix(kernels, rows, columns, stream);
    const before = copy(kernels, out);
    const product = multiply(transposed(plain(a)), plain(b)).values;
    kernels.multiplyLeftTransposed(out, a, b, { accumulate: true });
    expect(
      largestError(
        out.values,
        product.map((x, i) => x + before.values[i]!),
      ),
    ).toBeLessThan(bound(depth));
    kernels.multiplyLeftTransposed(out, a, b);
    expect(largestError(out.values, product)).toBeLessThan(bound(depth));
    kernels.reset(mark);
  });
});

test("a matrix packed in parts is packed as a whole", () => {
  const b = randomMatrix(kernels, 41, 6, random(1));
  const [whole, parts] = [kernels.packedMatrix(41, 6), kernels.packedMatrix(41, 6)];
  kernels.pack(whole, b);
  kernels.pack(parts, subMatrix(b, 9, 32), 32);
  kernels.pack(parts, subMatrix(b, 32));
  expect(parts.panels).toEqual(whole.panels);
});

test("a product of sub-matrices touches only their rows", () => {
  const stream = random(1);
  const a = randomMatrix(kernels, 10, 12, stream);
  const b = randomMatrix(kernels, 9, 12, stream);
  const out = randomMatrix(kernels, 10, 9, stream);
  const before = out.values.slice();
  kernels.multiplyTransposed(subMatrix(out, 3, 2), subMatrix(a, 3, 5), b);
  const expected = multiply(plain(subMatrix(a, 3, 5)), transposed(plain(b))).values;
  expect(largestError(out.values.subarray(18, 45), expected)).toBeLessThan(bound(12));
  expect(out.values.subarray(0, 18)).toEqual(before.subarray(0, 18));
  expect(out.values.subarray(45)).toEqual(before.subarray(45));
});

test("shapes that do not fit are refused with the shapes in the message", () => {
  const [a, b, out] = [kernels.matrix(2, 4), kernels.matrix(3, 5), kernels.matrix(2, 3)];
  expect(() => {
    kernels.multiplyTransposed(out, a, b);
  }).toThrow("multiplyTransposed: (R, N) = (R, D) · (N, D)ᵀ, got (2, 3) = (2, 4) · (3, 5)ᵀ");
  expect(() => {
    kernels.multiply(out, a, b);
  }).toThrow(RangeError);
  expect(() => {
    kernels.multiplyLeftTransposed(out, a, b);
  }).toThrow(RangeError);
  expect(() => {
    kernels.multiplyPacked(out, a, kernels.packedMatrix(3, 5));
  }).toThrow("multiplyPacked: (R, N) = (R, D) · (N, D)ᵀ, got (2, 3) = (2, 4) · (3, 5)ᵀ");
  const fits = kernels.packedMatrix(3, 4);
  expect(() => {
    kernels.pack(fits, b);
  }).toThrow("pack: (3, 5) does not fit in (3, 4) from row 0 on");
  expect(() => {
    kernels.pack(fits, kernels.matrix(2, 4));
  }).toThrow("rows 0 to 2 are no whole panels of 16");
  expect(() => subMatrix(a, 2, 1)).toThrow("rows 1 to 3 are not within a matrix of 2 rows");
});
