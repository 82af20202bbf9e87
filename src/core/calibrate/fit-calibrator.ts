import { activityCurves } from "./activity-curves.ts";
import { Calibrator } from "./calibrator.ts";
import { fitLogistic } from "./logistic.ts";
import type { CalibrationSamples } from "./samples.ts";
import { shiftedToShown } from "./shown-shift.ts";

/** What every probability of the product is the probability of. */
export const INTERACTION_EVENT =
  "the user interacts with the item within a horizon the size of the hold-out";

/** A score that says nothing about the event still orders the items of a user. */
const LEAST_COEFFICIENT = 0.01;
const FEATURES = 3;

/**
 * Fits a logistic function of `[log softmax_u(i), log(1 + n_u)]`, then isotonic regressions of
 * the outcome on its result, made strictly increasing, for groups of activity; at last the curves are shifted
 * until what is shown first comes true as often as promised.
 *
 * @throws RangeError if the samples hold no interaction
 */
export function fitCalibrator(samples: CalibrationSamples): Calibrator {
  const { labels, weights, logSoftmax, activity, horizon } = samples;
  if (!labels.includes(1)) {
    throw new RangeError("calibration needs at least one held-out interaction, got none");
  }
  const logActivity = activity.map(Math.log1p);
  const features = new Float64Array(labels.length * FEATURES);
  for (let n = 0; n < labels.length; n++) {
    features.set([1, logSoftmax[n]!, logActivity[n]!], n * FEATURES);
  }
  const fitted = fitLogistic({ features, labels, weights }, FEATURES);
  const intercept = fitted[0]!;
  const slope = Math.max(LEAST_COEFFICIENT, fitted[1]!);
  const offset = fitted[2]!;
  const inputs = logSoftmax.map((value, n) => intercept + slope * value + offset * logActivity[n]!);
  const parameters = {
    event: INTERACTION_EVENT,
    horizon,
    baseRate: baseRateOf(samples),
    intercept,
    logSoftmax: slope,
    activity: offset,
    ...activityCurves({ inputs, labels, weights, logActivity }),
  };
  return new Calibrator(shiftedToShown(parameters, samples));
}

function baseRateOf({ labels, weights }: CalibrationSamples): number {
  let positive = 0;
  let all = 0;
  for (let n = 0; n < labels.length; n++) {
    positive += weights[n]! * labels[n]!;
    all += weights[n]!;
  }
  return positive / all;
}
