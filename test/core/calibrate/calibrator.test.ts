import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type CalibrationSamples,
  Calibrator,
  declined,
  fitCalibrator,
} from "../../../src/core/calibrate/index.ts";
import { random } from "../../../src/kernels/index.ts";
import { CalibratorParameters } from "../../../src/schema/index.ts";

/** Pairs whose event comes true with a known probability. */
function samplesOf(
  count: number,
  truth: (logSoftmax: number, activity: number) => number,
  seed = 1,
): CalibrationSamples {
  const draws = random(seed);
  const logSoftmax = Float64Array.from({ length: count }, () => -9 * draws.uniform());
  const activity = Float64Array.from({ length: count }, () => 1 + draws.integer(200));
  const labels = Uint8Array.from(logSoftmax, (s, n) =>
    draws.uniform() < truth(s, activity[n]!) ? 1 : 0,
  );
  const weights = new Float64Array(count).fill(1);
  return { logSoftmax, activity, labels, weights, shown: new Uint8Array(count), horizon: 4 };
}

/** Mean of the probability given and of the true one over pairs that pass. */
function means(
  calibrator: Calibrator,
  truth: (logSoftmax: number, activity: number) => number,
  passes: (logSoftmax: number, activity: number) => boolean,
): { given: number; wanted: number } {
  const { logSoftmax, activity } = samplesOf(20_000, truth, 2);
  let [given, wanted, count] = [0, 0, 0];
  logSoftmax.forEach((s, n) => {
    if (!passes(s, activity[n]!)) return;
    given += calibrator.probability(s, activity[n]!);
    wanted += truth(s, activity[n]!);
    count++;
  });
  return { given: given / count, wanted: wanted / count };
}

const logistic = (s: number, n: number) => 1 / (1 + Math.exp(-(0.7 * s + 0.5 * Math.log1p(n) - 1)));
/** Neither logistic nor, with a jump at 50 items that curves blend over, the same function of the score for quiet and busy users. */
const crooked = (s: number, n: number) => (n < 50 ? 0.2 : 0.5) * Math.exp((n < 50 ? 0.3 : 0.6) * s);

test.each([
  ["a logistic truth", logistic],
  ["a truth that no logistic function of the inputs is", crooked],
])("known probabilities are found again: %s", (_, truth) => {
  const calibrator = fitCalibrator(samplesOf(100_000, truth));
  for (const [low, high] of [
    [-1, 0],
    [-3, -1],
    [-6, -3],
  ] as const) {
    for (const [least, most] of [
      [1, 20],
      [80, 140],
      [140, 200],
    ] as const) {
      const { given, wanted } = means(
        calibrator,
        truth,
        (s, n) => s > low && s <= high && n >= least && n <= most,
      );
      expect(given / wanted, `scores ${low} … ${high}, ${least} … ${most} items`).toBeGreaterThan(
        0.88,
      );
      expect(given / wanted, `scores ${low} … ${high}, ${least} … ${most} items`).toBeLessThan(
        1.14,
      );
    }
  }
});

test("sampled negatives weighted back to their share give the probabilities of all pairs", () => {
  const all = samplesOf(200_000, logistic);
  const keep = [...all.labels.keys()].filter((n) => all.labels[n] === 1 || n % 10 === 0);
  const gather = (values: Float64Array) => Float64Array.from(keep, (n) => values[n]!);
  const labels = Uint8Array.from(keep, (n) => all.labels[n]!);
  const calibrator = fitCalibrator({
    logSoftmax: gather(all.logSoftmax),
    activity: gather(all.activity),
    labels,
    weights: Float64Array.from(labels, (label) => (label === 1 ? 1 : 10)),
    shown: new Uint8Array(labels.length),
    horizon: 4,
  });
  const { given, wanted } = means(calibrator, logistic, () => true);
  expect(given / wanted).toBeGreaterThan(0.97);
  expect(given / wanted).toBeLessThan(1.03);
});

test("what is shown first comes true as often as promised, where pairs of equal score deep in the lists do more often", () => {
  const all = samplesOf(40_000, () => 0.4);
  const draws = random(3);
  const shown = Uint8Array.from({ length: 40_000 }, (_, n) => (n % 4 === 0 ? 1 : 0));
  const labels = all.labels.map((label, n) =>
    shown[n] === 0 ? label : draws.uniform() < 0.15 ? 1 : 0,
  );
  const calibrator = fitCalibrator({ ...all, labels, shown });
  for (const isQuiet of [true, false]) {
    let [promised, came, count] = [0, 0, 0];
    for (let n = 0; n < 40_000; n += 4) {
      if (all.activity[n]! < 60 !== isQuiet) continue;
      promised += calibrator.probability(all.logSoftmax[n]!, all.activity[n]!);
      came += labels[n]!;
      count++;
    }
    expect(promised / count / (came / count)).toBeGreaterThan(0.9);
    expect(promised / count / (came / count)).toBeLessThan(1.1);
  }
});

const fitted = fitCalibrator(samplesOf(20_000, crooked));
/** Scores that are noise: the isotonic regression would make everything equal. */
const noise = fitCalibrator(samplesOf(5000, () => 0.3));

test.each([
  ["a good model's", fitted],
  ["noise", noise],
])("Q84 a probability lies in (0, 1) and rises strictly with the score: %s", (_, calibrator) => {
  fc.assert(
    fc.property(
      fc.double({ min: -40, max: 0, noNaN: true }),
      fc.double({ min: 1e-4, max: 5, noNaN: true }),
      fc.integer({ min: 0, max: 100_000 }),
      (score, gap, activity) => {
        const low = calibrator.probability(score - gap, activity);
        const high = calibrator.probability(score, activity);
        expect(low).toBeGreaterThan(0);
        expect(high).toBeLessThan(1);
        expect(high).toBeGreaterThan(low);
      },
    ),
  );
});

test("extreme scores stay inside (0, 1), also as 32-bit numbers", () => {
  expect(Math.fround(fitted.probability(-1e4, 10))).toBeGreaterThan(0);
  expect(Math.fround(fitted.probability(1e4, 10))).toBeLessThan(1);
});

test.each([fitted, fitted.balanced()])(
  "the table of an activity says the same as the formula, within the table and beyond it",
  (calibrator) => {
    for (const activity of [0, 7, 60, 5000]) {
      const { logits, shift, slope } = calibrator.table(activity);
      for (let logSoftmax = -25; logSoftmax < 0; logSoftmax += 0.37) {
        const place = shift + slope * logSoftmax;
        const cell = Math.max(0, Math.min(logits.length - 2, Math.floor(place)));
        const logit = logits[cell]! + (place - cell) * (logits[cell + 1]! - logits[cell]!);
        const expected = calibrator.probability(logSoftmax, activity);
        expect(1 / (1 + Math.exp(-logit)) / expected).toBeCloseTo(1, 9);
      }
    }
  },
);

test("plain JSON keeps the calibrator whole", () => {
  const text = JSON.stringify(fitted);
  const again = new Calibrator(CalibratorParameters.parse(JSON.parse(text)));
  expect(again.probability(-3.3, 17)).toBe(fitted.probability(-3.3, 17));
  expect(again.event).toContain("interacts with the item");
});

test("twice the horizon is two chances: 1 − (1 − p)²", () => {
  const p = fitted.probability(-2, 30);
  const longer = fitted.atHorizon(2 * fitted.horizon);
  expect(longer.probability(-2, 30)).toBeCloseTo(1 - (1 - p) ** 2, 12);
  expect(longer.horizon).toBe(8);
});

test("balanced, the odds are over the odds of any pair, and the event says so", () => {
  // 1 of 4 pairs comes true in the hold-out: odds of 1 to 3.
  const samples = samplesOf(4000, () => 0.5);
  const quarter = { ...samples, labels: samples.labels.map((_, n) => (n % 4 === 0 ? 1 : 0)) };
  const calibrator = fitCalibrator(quarter);
  const p = calibrator.probability(-2, 30);
  const balanced = calibrator.balanced();
  const q = balanced.probability(-2, 30);
  expect(q / (1 - q)).toBeCloseTo((3 * p) / (1 - p), 9);
  expect(balanced.probability(-1, 30)).toBeGreaterThan(q);
  expect(balanced.event).toBe(`${calibrator.event}, if as many pairs did as did not`);
});

test("a hold-out without any interaction cannot calibrate", () => {
  expect(() => fitCalibrator(samplesOf(10, () => 0))).toThrow("at least one held-out interaction");
});

test("a handful of interactions is enough for a rising calibrator", () => {
  const calibrator = fitCalibrator(samplesOf(60, logistic));
  expect(calibrator.probability(-1, 10)).toBeGreaterThan(calibrator.probability(-2, 10));
});

test("the rows that follow come true a tenth less often, by odds, at every score and activity", () => {
  const fitted = fitCalibrator(samplesOf(20_000, crooked));
  const next = declined(fitted);
  const odds = (p: number): number => p / (1 - p);
  for (const score of [-12, -8, -4]) {
    for (const activity of [0, 3, 40, 5000]) {
      const ratio =
        odds(fitted.probability(score, activity)) / odds(next.probability(score, activity));
      expect(ratio).toBeCloseTo(1.1, 6);
    }
  }
});
