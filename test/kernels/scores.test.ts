import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, random } from "../../src/kernels/index.ts";
import { largestError, open, randomMatrix } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

function exp(values: readonly number[]): number[] {
  const input = kernels.float32(values.length);
  input.set(values);
  const out = kernels.float32(values.length);
  kernels.exp(out, input);
  return Array.from(out);
}

test("exp is at most 2 units in the last place from the true value, from −86.9 to 88.7", () => {
  const mark = kernels.mark();
  const count = 1_000_000;
  const input = kernels.float32(count);
  for (let i = 0; i < count; i++) input[i] = -86.9 + (175.6 * i) / count;
  const out = kernels.float32(count);
  kernels.exp(out, input);
  let worst = 0;
  for (let i = 0; i < count; i++) {
    const expected = Math.exp(input[i]!);
    const unit = 2 ** (Math.floor(Math.log2(expected)) - 23);
    worst = Math.max(worst, Math.abs(out[i]! - expected) / unit);
  }
  expect(worst).toBeLessThan(2);
  kernels.reset(mark);
});

test("exp at the ends of its range: exact at 0, 0 far below, +∞ above, NaN stays NaN", () => {
  expect(exp([0, -0, -88, -1000, -Infinity, 88.8, 1000, Infinity, NaN])).toEqual([
    1,
    1,
    0,
    0,
    0,
    Infinity,
    Infinity,
    Infinity,
    NaN,
  ]);
});

test("exp gives a number the same bits at every place of an array", () => {
  const values = Array.from({ length: 7 }, () => 1.2345);
  expect(new Set(exp(values)).size).toBe(1);
});

test.each([
  [0, 5],
  [1, 1],
  [6, 7],
  [3, 130],
])("addRow of (%i, %i) scales the scores and adds a bias to each column", (rows, columns) => {
  const stream = random(rows + columns);
  const scores = randomMatrix(kernels, rows, columns, stream);
  const bias = randomMatrix(kernels, 1, columns, stream).values;
  const expected = Array.from(scores.values, (x, i) => x * 2.5 + bias[i % columns]!);
  const out = kernels.matrix(rows, columns);
  kernels.addRow(out, bias, 2.5, scores);
  expect(largestError(out.values, expected)).toBeLessThan(2e-6);
  kernels.addRow(scores, bias, 2.5);
  expect(largestError(scores.values, expected)).toBeLessThan(2e-6);
  expect(() => {
    kernels.addRow(scores, bias, 1, kernels.matrix(rows + 1, columns));
  }).toThrow("must have the same shape");
  expect(() => {
    kernels.addRow(scores, bias.subarray(1), 1);
  }).toThrow("needs a bias for every column");
});

test.each([
  [1, 1],
  [4, 6],
  [3, 1001],
])(
  "logSumExpRows of (%i, %i) is the logarithm of the sum, also where it would overflow",
  (rows, columns) => {
    const scores = randomMatrix(kernels, rows, columns, random(columns));
    scores.values.forEach((x, i) => (scores.values[i] = x + 500 * (i % 2) - 100));
    const out = kernels.float32(rows);
    kernels.logSumExpRows(out, scores);
    for (let r = 0; r < rows; r++) {
      const row = Array.from(scores.values.subarray(r * columns, (r + 1) * columns));
      const top = Math.max(...row);
      const expected = top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0));
      expect(Math.abs(out[r]! - expected)).toBeLessThan(5e-5);
    }
  },
);

test("logSumExpRows of nothing and of −∞ is −∞, of +∞ is +∞, of NaN is NaN", () => {
  const rows = [
    [-Infinity, -Infinity],
    [1, Infinity],
    [-Infinity, 3],
    [NaN, 1],
    [NaN, -Infinity],
  ];
  const scores = kernels.matrix(rows.length, 2);
  scores.values.set(rows.flat());
  const out = kernels.float32(rows.length);
  kernels.logSumExpRows(out, scores);
  expect(Array.from(out)).toEqual([-Infinity, Infinity, 3, NaN, NaN]);
  kernels.logSumExpRows(out, { ...scores, columns: 0 });
  expect(Array.from(out)).toEqual(rows.map(() => -Infinity));
});
