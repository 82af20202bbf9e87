import { Calibrator } from "./calibrator.ts";
import { risingCurve } from "./curve.ts";
import { fitLogistic } from "./logistic.ts";
import type { CalibrationSamples } from "./samples.ts";

/** What every probability of the product is the probability of. */
export const INTERACTION_EVENT =
  "the user interacts with the item within a horizon the size of the hold-out";

/** A score that says nothing about the event still orders the items of a user. */
const LEAST_COEFFICIENT = 0.01;
const FEATURES = 3;

/**
 * Fits a logistic function of `[log softmax_u(i), log(1 + n_u)]`, then an isotonic regression of the
 * outcome on its result, made strictly increasing.
 *
 * @throws RangeError if the samples hold no interaction
 */
export function fitCalibrator(samples: CalibrationSamples): Calibrator {
  const { labels, weights, logSoftmax, activity, horizon } = samples;
  if (!labels.includes(1)) {
    throw new RangeError("calibration needs at least one held-out interaction, got none");
  }
  const features = new Float64Array(labels.length * FEATURES);
  for (let n = 0; n < labels.length; n++) {
    features[n * FEATURES] = 1;
    features[n * FEATURES + 1] = logSoftmax[n]!;
    features[n * FEATURES + 2] = Math.log1p(activity[n]!);
  }
  const fitted = fitLogistic({ features, labels, weights }, FEATURES);
  const coefficients = {
    intercept: fitted[0]!,
    logSoftmax: Math.max(LEAST_COEFFICIENT, fitted[1]!),
    activity: fitted[2]!,
  };
  const inputs = Float64Array.from(
    labels,
    (_, n) =>
      coefficients.intercept +
      coefficients.logSoftmax * logSoftmax[n]! +
      coefficients.activity * Math.log1p(activity[n]!),
  );
  return new Calibrator({
    event: INTERACTION_EVENT,
    horizon,
    ...coefficients,
    curve: risingCurve(inputs, labels, weights),
  });
}
