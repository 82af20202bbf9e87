import { Calibrator } from "./calibrator.ts";
import { INTERACTION_EVENT } from "./fit-calibrator.ts";

/**
 * The calibrator of data too small to hold anything out: the odds of an item are its softmax, as if
 * each user made one interaction. No gate can pass such data unless its owner sets it to.
 */
export function uncalibrated(): Calibrator {
  return new Calibrator({
    event: INTERACTION_EVENT,
    horizon: 1,
    baseRate: 0.5,
    intercept: 0,
    logSoftmax: 1,
    activity: 0,
    start: -1,
    step: 1,
    curves: [{ activity: 0, logits: [-1, 0] }],
  });
}
