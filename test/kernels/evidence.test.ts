import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, random } from "../../src/kernels/index.ts";
import { copy, largestError, open, randomMatrix } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

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
