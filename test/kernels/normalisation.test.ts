import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, random } from "../../src/kernels/index.ts";
import { normaliseRows, numericGradient, plain } from "./definitions.ts";
import { copy, largestError, open, randomMatrix } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

test.each([
  [0, 8],
  [1, 4],
  [9, 20],
  [5, 128],
])("normaliseRows of (%i, %i) divides each row by its length", (rows, columns) => {
  const input = randomMatrix(kernels, rows, columns, random(rows + columns));
  const out = kernels.matrix(rows, columns);
  const inverseNorms = kernels.float32(rows);
  kernels.normaliseRows(out, inverseNorms, input);
  const expected = normaliseRows(plain(input));
  expect(largestError(out.values, expected.out.values)).toBeLessThan(2e-7);
  expect(largestError(inverseNorms, expected.inverseNorms)).toBeLessThan(2e-7);
  kernels.normaliseRows(input, inverseNorms, input);
  expect(input.values).toEqual(out.values);
});

test("a row of zeros stays one with inverse norm 0, and tiny rows are not taken for zeros", () => {
  const input = kernels.matrix(2, 4);
  input.values.set([1e-30, 0, 0, 0], 4);
  const inverseNorms = kernels.float32(2);
  kernels.normaliseRows(input, inverseNorms, input);
  expect(Array.from(input.values)).toEqual([0, 0, 0, 0, 1, 0, 0, 0]);
  expect(inverseNorms[0]).toBe(0);
  expect(inverseNorms[1]! / 1e30).toBeCloseTo(1, 6);
});

test.each([4, 12, 36])(
  "normaliseRowsBackward agrees with central differences at width %i",
  (columns) => {
    const stream = random(columns);
    const input = randomMatrix(kernels, 3, columns, stream);
    const dOut = randomMatrix(kernels, 3, columns, stream);
    const out = kernels.matrix(3, columns);
    const inverseNorms = kernels.float32(3);
    kernels.normaliseRows(out, inverseNorms, input);
    const dInput = kernels.matrix(3, columns);
    kernels.normaliseRowsBackward(dInput, dOut, out, inverseNorms);

    const x = plain(input);
    const numeric = numericGradient(
      () => normaliseRows(x).out.values.reduce((sum, z, i) => sum + z * dOut.values[i]!, 0),
      x.values,
    );
    numeric.forEach((expected, i) => {
      expect(dInput.values[i], `dInput[${i}]`).toBeCloseTo(expected, 5);
    });

    const inPlace = copy(kernels, dOut);
    kernels.normaliseRowsBackward(inPlace, inPlace, out, inverseNorms);
    expect(inPlace.values).toEqual(dInput.values);
  },
);

test("matrices of different shapes and too few inverse norms are refused", () => {
  const [a, b] = [kernels.matrix(2, 4), kernels.matrix(2, 8)];
  expect(() => {
    kernels.normaliseRows(a, kernels.float32(2), b);
  }).toThrow("the matrices must have one shape, got (2, 4), (2, 8)");
  expect(() => {
    kernels.normaliseRows(a, kernels.float32(1), a);
  }).toThrow("2 rows need as many inverse norms, got 1");
});
