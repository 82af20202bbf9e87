import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, type Matrix, random } from "../../src/kernels/index.ts";
import { multiply, plain, transposed } from "./definitions.ts";
import { copy, largestError, open, randomMatrix } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

/** X · Xᵀ / N + I, of numbers about 1. */
function positiveDefinite(team: Kernels, size: number): Matrix {
  const x = randomMatrix(team, size, size, random(size));
  const a = team.matrix(size, size);
  team.multiplyTransposed(a, x, x);
  for (let i = 0; i < a.values.length; i++) a.values[i]! /= size;
  for (let i = 0; i < size; i++) a.values[i * size + i]! += 1;
  return a;
}

/** Around the blocks (64) and the sweep (256). */
test.each([0, 1, 2, 7, 63, 64, 65, 255, 256, 257, 330, 513])(
  "the inverse of a matrix of %i rows times the matrix is the identity",
  (size) => {
    const mark = kernels.mark();
    const a = positiveDefinite(kernels, size);
    const inverse = copy(kernels, a);
    // Only the lower half is read.
    for (let i = 0; i < size; i++) inverse.values.fill(NaN, i * size + i + 1, (i + 1) * size);
    kernels.invert(inverse);
    const product = multiply(plain(inverse), plain(a)).values;
    const identity = product.map((_, at) => (at % (size + 1) === 0 ? 1 : 0));
    expect(largestError(product, identity)).toBeLessThan(2e-5);
    expect(transposed(plain(inverse)).values).toEqual(plain(inverse).values);
    kernels.reset(mark);
  },
);

test("a small inverse, worked out by hand", () => {
  const a = kernels.matrix(2, 2);
  a.values.set([4, 1, 1, 2]);
  kernels.invert(a);
  expect(largestError(a.values, [2 / 7, -1 / 7, -1 / 7, 4 / 7])).toBeLessThan(1e-7);
});

test("one, two and three threads give the same bytes", async () => {
  const results = await Promise.all(
    [1, 2, 3].map(async (threads) => {
      const team = await open(threads);
      const a = positiveDefinite(team, 700);
      team.invert(a);
      const bytes = a.values.slice();
      await team.close();
      return bytes;
    }),
  );
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test("a matrix that is not square or not positive definite is refused", () => {
  expect(() => {
    kernels.invert(kernels.matrix(2, 3));
  }).toThrow("invert: a matrix of as many rows as columns, got (2, 3)");
  const a = kernels.matrix(2, 2);
  a.values.set([1, 2, 2, 1]);
  expect(() => {
    kernels.invert(a);
  }).toThrow("invert: the matrix is not positive definite: pivot 1 is -3");
});
