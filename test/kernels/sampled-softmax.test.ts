import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Kernels, type Random, random } from "../../src/kernels/index.ts";
import { numericGradient, plain, sampledSoftmaxLosses } from "./definitions.ts";
import { largestError, open, randomRows } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

function batch(rows: number, negatives: number, mean: number, stream: Random) {
  const logits = kernels.matrix(rows, negatives);
  for (let i = 0; i < logits.values.length; i++) logits.values[i] = 2 * stream.uniform() - 1;
  const positives = randomRows(kernels, rows, mean, 1, stream);
  for (let p = 0; p < positives.weights.length; p++) positives.weights[p] = stream.uniform();
  const cosines = kernels.float32(positives.indices.length);
  for (let p = 0; p < cosines.length; p++) cosines[p] = 2 * stream.uniform() - 1;
  const masked =
    negatives === 0 ? undefined : randomRows(kernels, rows, 2, Math.max(1, negatives), stream);
  return { logits, positives, cosines, masked };
}

function outputs(rows: number, entries: number) {
  return { losses: kernels.float32(rows), dCosines: kernels.float32(entries) };
}

describe.each([
  [1, 1, 1, 10],
  [4, 8, 3, 10],
  [7, 33, 5, 7.142857],
  [5, 130, 4, 20],
  [3, 7, 0, 10],
])(
  "%i rows, %i negatives, about %i positives a row, 1/τ = %f",
  (rows, negatives, mean, inverseTemperature) => {
    test("losses and both gradients agree with the formula and its central differences", () => {
      const input = batch(rows, negatives, mean, random(rows * 100 + negatives));
      const { logits, positives, cosines, masked } = input;
      const l = plain(logits);
      const s = Float64Array.from(cosines);
      const losses = (): Float64Array =>
        sampledSoftmaxLosses(l, inverseTemperature, masked, positives, s);
      const expectedLosses = losses();
      const total = (): number => losses().reduce((sum, loss) => sum + loss, 0);
      const dLogits = numericGradient(total, l.values);
      const dCosines = numericGradient(total, s);

      const out = outputs(rows, cosines.length);
      kernels.sampledSoftmax({ ...input, inverseTemperature }, out);
      expect(largestError(out.losses, expectedLosses)).toBeLessThan(2e-5);
      dLogits.forEach((expected, i) => {
        expect(logits.values[i], `dLogits[${i}]`).toBeCloseTo(expected, 4);
      });
      dCosines.forEach((expected, p) => {
        expect(out.dCosines[p], `dCosines[${p}]`).toBeCloseTo(expected, 4);
      });
    });
  },
);

test("a hand-worked row: one positive at cosine 1, two negatives at 1 of which one is masked", () => {
  const logits = kernels.matrix(1, 2);
  logits.values.fill(1);
  const one = () => {
    const offsets = kernels.uint32(2);
    offsets[1] = 1;
    return { offsets, indices: kernels.uint32(1) };
  };
  const cosines = kernels.float32(1);
  cosines[0] = 1;
  const out = outputs(1, 1);
  kernels.sampledSoftmax(
    { logits, inverseTemperature: 10, masked: one(), positives: one(), cosines },
    out,
  );
  expect(out.losses[0]).toBeCloseTo(Math.log(2), 6); // e = 1, n = 1, p = ½
  expect(out.dCosines[0]).toBeCloseTo(-5, 5); // −½ · 10
  expect(logits.values[0]).toBe(0);
  expect(logits.values[1]).toBeCloseTo(5, 5);
});

test("the result stays finite when every term has vanished", () => {
  const logits = kernels.matrix(1, 5);
  logits.values.fill(-1);
  const offsets = kernels.uint32(2);
  offsets[1] = 1;
  const cosines = kernels.float32(1);
  cosines[0] = -1;
  const out = outputs(1, 1);
  kernels.sampledSoftmax(
    {
      logits,
      inverseTemperature: 200,
      positives: { offsets, indices: kernels.uint32(1) },
      cosines,
    },
    out,
  );
  expect(out.losses.every(Number.isFinite)).toBe(true);
  expect(out.dCosines.every(Number.isFinite)).toBe(true);
  expect(logits.values.every(Number.isFinite)).toBe(true);
});

test("a masked column outside the negatives and arrays too short are refused", () => {
  const input = batch(2, 4, 2, random(9));
  const out = outputs(2, input.cosines.length);
  const offsets = kernels.uint32(3);
  offsets.fill(1, 1);
  const indices = kernels.uint32(1);
  indices[0] = 4;
  expect(() => {
    kernels.sampledSoftmax({ ...input, inverseTemperature: 10, masked: { offsets, indices } }, out);
  }).toThrow("an offset or an index is outside its array");
  expect(() => {
    kernels.sampledSoftmax(
      { ...input, inverseTemperature: 10 },
      { ...out, losses: out.losses.subarray(1) },
    );
  }).toThrow("2 rows need as many losses, got 1");
});
