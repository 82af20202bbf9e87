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
])("addLogEvidence of (%i, %i) adds the logarithm of each share of the mean", (rows, columns) => {
  const stream = random(columns);
  const evidence = randomMatrix(kernels, rows, columns, stream);
  const out = randomMatrix(kernels, rows, columns, stream);
  const before = copy(kernels, out);
  kernels.addLogEvidence(out, evidence, 1.5, 0.3);
  for (let r = 0; r < rows; r++) {
    const row = Array.from(evidence.values.subarray(r * columns, (r + 1) * columns), (x) =>
      Math.max(0, x),
    );
    const mean = row.reduce((sum, x) => sum + x, 0) / columns;
    row.forEach((x, j) => {
      const term = mean > 0 ? 1.5 * Math.log1p(x / (0.3 * mean)) : 0;
      expect(out.values[r * columns + j]).toBeCloseTo(before.values[r * columns + j]! + term, 4);
    });
  }
});

test("addLogEvidence leaves a row without evidence as it was, and refuses other shapes and floors", () => {
  const out = randomMatrix(kernels, 2, 9, random(1));
  const before = Array.from(out.values);
  const evidence = kernels.matrix(2, 9);
  evidence.values.fill(-1);
  kernels.addLogEvidence(out, evidence, 1, 1);
  expect(Array.from(out.values)).toEqual(before);
  expect(() => {
    kernels.addLogEvidence(out, { ...evidence, columns: 8 }, 1, 1);
  }).toThrow("must have the same shape");
  expect(() => {
    kernels.addLogEvidence(out, evidence, 1, 0);
  }).toThrow("floor must be above 0, got 0");
});

test("addLogEvidence's logarithm is right to single precision from 1 to the largest float", () => {
  const count = 4000;
  const evidence = kernels.matrix(1, count);
  for (let i = 0; i < count; i++) evidence.values[i] = 10 ** (-6 + (40 * i) / count);
  const mean = evidence.values.reduce((sum, x) => sum + x, 0) / count;
  const out = kernels.matrix(1, count);
  // A floor that makes the divisor 1, so that the term is log(1 + evidence) itself.
  kernels.addLogEvidence(out, evidence, 1, 1 / mean);
  for (let i = 0; i < count; i += 7) {
    const expected = Math.log(1 + evidence.values[i]!);
    expect(Math.abs(out.values[i]! - expected)).toBeLessThan(3e-6 * Math.max(1, expected));
  }
});
