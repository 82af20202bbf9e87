import fc from "fast-check";
import { expect, test } from "vitest";

import { isotonicRegression } from "../../../src/core/calibrate/isotonic.ts";
import { fitLogistic, logit, sigmoid } from "../../../src/core/calibrate/logistic.ts";

test("with an intercept alone the fit is the weighted share of positives", () => {
  const fitted = fitLogistic(
    {
      features: Float64Array.of(1, 1, 1),
      labels: Uint8Array.of(1, 0, 0),
      weights: Float64Array.of(1, 1, 8),
    },
    1,
  );
  expect(sigmoid(fitted[0]!)).toBeCloseTo(0.1, 4);
});

test("two groups are fitted exactly: intercept and slope are their logits", () => {
  // 1 of 4 positives at x = 0, 3 of 4 at x = 1.
  const fitted = fitLogistic(
    {
      features: Float64Array.of(1, 0, 1, 0, 1, 1, 1, 1),
      labels: Uint8Array.of(1, 0, 1, 0),
      weights: Float64Array.of(1, 3, 3, 1),
    },
    2,
  );
  expect(fitted[0]).toBeCloseTo(logit(0.25), 3);
  expect(fitted[1]).toBeCloseTo(logit(0.75) - logit(0.25), 3);
});

test("given logits are part of the prediction: what is fitted is what they lack", () => {
  // 1 of 4 comes true where the given logit says one half.
  const observations = {
    features: Float64Array.of(1, 1),
    labels: Uint8Array.of(1, 0),
    weights: Float64Array.of(1, 3),
    offsets: Float64Array.of(2, 2),
  };
  expect(fitLogistic(observations, 1)[0]).toBeCloseTo(logit(0.25) - 2, 3);
  // The derivative of the loss, p − ¼, is what the ridge takes back: ridge · |θ|.
  const held = fitLogistic(observations, 1, 0.1)[0]!;
  expect(sigmoid(2 + held) - 0.25).toBeCloseTo(-0.1 * held, 6);
});

test("classes that can be told apart without error leave the coefficients finite", () => {
  const fitted = fitLogistic(
    {
      features: Float64Array.of(1, -1, 1, 1),
      labels: Uint8Array.of(0, 1),
      weights: Float64Array.of(1, 1),
    },
    2,
  );
  expect(fitted.every(Number.isFinite)).toBe(true);
  expect(fitted[1]).toBeGreaterThan(3);
});

test("isotonic regression pools the neighbours that fall, by weight", () => {
  const fitted = isotonicRegression(Float64Array.of(1, 3, 2, 4), Float64Array.of(1, 1, 3, 1));
  expect([...fitted]).toEqual([1, 2.25, 2.25, 4]);
  expect([...isotonicRegression(Float64Array.of(3, 2, 1), Float64Array.of(1, 1, 1))]).toEqual([
    2, 2, 2,
  ]);
});

test("an isotonic fit never falls, keeps the weighted mean, and no other rising sequence is closer", () => {
  const numbers = fc.array(
    fc.record({ y: fc.integer({ min: -9, max: 9 }), w: fc.integer({ min: 1, max: 4 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  const rising = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(numbers, rising, (points, other) => {
      const fitted = isotonicRegression(
        Float64Array.from(points, ({ y }) => y),
        Float64Array.from(points, ({ w }) => w),
      );
      const loss = (guess: ArrayLike<number>) =>
        points.reduce((sum, { y, w }, n) => sum + w * (y - guess[n]!) ** 2, 0);
      const mean = (of: (n: number) => number) =>
        points.reduce((sum, { w }, n) => sum + w * of(n), 0);
      fitted.forEach((value, n) => {
        if (n > 0) expect(value).toBeGreaterThanOrEqual(fitted[n - 1]!);
      });
      expect(mean((n) => fitted[n]!)).toBeCloseTo(
        mean((n) => points[n]!.y),
        8,
      );
      expect(loss(fitted)).toBeLessThanOrEqual(loss(other.toSorted((a, b) => a - b)) + 1e-9);
    }),
  );
});
