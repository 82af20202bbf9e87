import type { CalibratorParameters } from "../../schema/index.ts";
import { Calibrator, curveShares } from "./calibrator.ts";
import { fitLogistic, logit } from "./logistic.ts";
import type { CalibrationSamples } from "./samples.ts";

/** How far a curve moves without evidence: a standard deviation of the shift, in logits. */
const PRIOR_DEVIATION = 0.5;

/**
 * Moves each curve up or down so that, around its activity, the pairs shown first come true as often as promised.
 *
 * A curve is right on average over all pairs of equal score. Those of a busy user deep in the list may come true
 * more often than the first ones of a quieter user in the same group, and the first ones are what is seen.
 */
export function shiftedToShown(
  parameters: CalibratorParameters,
  samples: CalibrationSamples,
): CalibratorParameters {
  const { curves } = parameters;
  const calibrator = new Calibrator(parameters);
  const shown = Uint32Array.from(samples.shown.keys()).filter((n) => samples.shown[n] === 1);
  if (shown.length === 0) return parameters;
  const features = new Float64Array(shown.length * curves.length);
  shown.forEach((n, row) => {
    const { below, above, share } = curveShares(curves, Math.log1p(samples.activity[n]!));
    features[row * curves.length + below]! += 1 - share;
    features[row * curves.length + above]! += share;
  });
  const shifts = fitLogistic(
    {
      features,
      labels: Uint8Array.from(shown, (n) => samples.labels[n]!),
      weights: Float64Array.from(shown, (n) => samples.weights[n]!),
      offsets: Float64Array.from(shown, (n) =>
        logit(calibrator.probability(samples.logSoftmax[n]!, samples.activity[n]!)),
      ),
    },
    curves.length,
    1 / (PRIOR_DEVIATION ** 2 * shown.length),
  );
  return {
    ...parameters,
    curves: curves.map(({ activity, logits }, curve) => ({
      activity,
      logits: logits.map((value) => value + shifts[curve]!),
    })),
  };
}
