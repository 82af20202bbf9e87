import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Kernels, random, type SparseRows } from "../../src/kernels/index.ts";
import { type Plain } from "./definitions.ts";
import { copy, largestError, open, randomMatrix, randomRows } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

/** rows (R, S) · source (S, C), both sparse, as plain loops. */
function sparseProduct(
  rows: SparseRows,
  count: number,
  source: SparseRows,
  columns: number,
): Plain {
  const values = new Float64Array(count * columns);
  for (let r = 0; r < count; r++) {
    for (let p = rows.offsets[r]!; p < rows.offsets[r + 1]!; p++) {
      const s = rows.indices[p]!;
      for (let q = source.offsets[s]!; q < source.offsets[s + 1]!; q++) {
        values[r * columns + source.indices[q]!]! +=
          (rows.weights?.[p] ?? 1) * (source.weights?.[q] ?? 1);
      }
    }
  }
  return { rows: count, columns, values };
}

describe.each([
  [0, 3, 5],
  [1, 1, 1],
  [40, 30, 17],
])("%i rows over %i of width %i", (rows, sourceRows, columns) => {
  test("scatterSum is the product of two sparse matrices, and adds to out when asked to", () => {
    const stream = random(rows + columns);
    const lists = randomRows(kernels, rows, 4, sourceRows, stream);
    const source = randomRows(kernels, sourceRows, 6, columns, stream);
    const out = randomMatrix(kernels, rows, columns, stream);
    const before = copy(kernels, out);
    const expected = sparseProduct(lists, rows, source, columns).values;
    kernels.scatterSum(out, lists, source, { accumulate: true });
    const added = expected.map((x, i) => x + before.values[i]!);
    expect(largestError(out.values, added)).toBeLessThan(1e-5);
    kernels.scatterSum(out, lists, source);
    expect(largestError(out.values, expected)).toBeLessThan(1e-5);
  });
});

test("scatterSum without weights and without values counts the paths", () => {
  const stream = random(7);
  const { offsets, indices } = randomRows(kernels, 20, 4, 10, stream);
  const source = randomRows(kernels, 10, 5, 12, stream);
  const pattern = { offsets: source.offsets, indices: source.indices };
  const out = kernels.matrix(20, 12);
  kernels.scatterSum(out, { offsets, indices }, pattern);
  const expected = sparseProduct({ offsets, indices }, 20, pattern, 12).values;
  expect(Array.from(out.values)).toEqual(Array.from(expected));
});

test("scatterSum refuses a row or a column outside its matrix", () => {
  const one = (value: number) => {
    const offsets = kernels.uint32(2);
    offsets[1] = 1;
    const indices = kernels.uint32(1);
    indices[0] = value;
    return { offsets, indices };
  };
  const sum = (row: number, column: number) => () => {
    kernels.scatterSum(kernels.matrix(1, 3), one(row), one(column));
  };
  expect(sum(0, 2)).not.toThrow();
  expect(sum(1, 2)).toThrow("scatterSum: an offset or an index is outside its array");
  expect(sum(0, 3)).toThrow("scatterSum: an offset or an index is outside its array");
});

test.each([
  [1, 1],
  [3, 6],
  [2, 5001],
])("logEvidence of (%i, %i) is the logarithm of each share of the mean", (rows, columns) => {
  const evidence = randomMatrix(kernels, rows, columns, random(columns));
  const before = copy(kernels, evidence);
  kernels.logEvidence(evidence, 0.3);
  for (let r = 0; r < rows; r++) {
    const row = Array.from(before.values.subarray(r * columns, (r + 1) * columns), (x) =>
      Math.max(0, x),
    );
    const mean = row.reduce((sum, x) => sum + x, 0) / columns;
    row.forEach((x, j) => {
      const expected = mean > 0 ? Math.log1p(x / (0.3 * mean)) : 0;
      expect(evidence.values[r * columns + j]).toBeCloseTo(expected, 4);
    });
  }
});

test("logEvidence of a row without evidence is 0, and a floor of 0 is refused", () => {
  const evidence = kernels.matrix(2, 9);
  evidence.values.fill(-1);
  kernels.logEvidence(evidence, 1);
  expect(Array.from(evidence.values)).toEqual(new Array(18).fill(0));
  expect(() => {
    kernels.logEvidence(evidence, 0);
  }).toThrow("floor must be above 0, got 0");
});

test("logEvidence is right to single precision from 1 to the largest float", () => {
  const count = 4000;
  const evidence = kernels.matrix(1, count);
  for (let i = 0; i < count; i++) evidence.values[i] = 10 ** (-6 + (40 * i) / count);
  const before = evidence.values.slice();
  const mean = before.reduce((sum, x) => sum + x, 0) / count;
  // A floor that makes the divisor 1, so that the result is log(1 + evidence) itself.
  kernels.logEvidence(evidence, 1 / mean);
  for (let i = 0; i < count; i += 7) {
    const expected = Math.log(1 + before[i]!);
    expect(Math.abs(evidence.values[i]! - expected)).toBeLessThan(3e-6 * Math.max(1, expected));
  }
});

test.each([0, 3, 40_001])("addScaled of %i numbers adds a multiple of each", (columns) => {
  const stream = random(columns);
  const [out, input] = [1, 2].map(() => randomMatrix(kernels, 1, columns, stream));
  const expected = Array.from(out!.values, (x, i) => x + 1.5 * input!.values[i]!);
  kernels.addScaled(out!, input!, 1.5);
  expect(largestError(out!.values, expected)).toBeLessThan(1e-6);
  expect(() => {
    kernels.addScaled(out!, kernels.matrix(2, columns), 1);
  }).toThrow("must have the same shape");
});
