import { Calibrator } from "./calibrator.ts";

/**
 * By how much the odds of what is shown first fall from one part of a user's rows to the next: the users take what they like
 * best first, and the settings were chosen on the very rows that the calibrator learns from. A little below the mean over six
 * data sets and splits (docs/evaluation.md).
 */
const DECLINE = 1.1;

/** The calibrator of the rows that follow those it was fitted on, where each user's own rows are divided. */
export function declined(calibrator: Calibrator): Calibrator {
  const parameters = calibrator.toJSON();
  const fall = Math.log(DECLINE);
  const curves = parameters.curves.map(({ activity, logits }) => ({
    activity,
    logits: logits.map((logit) => logit - fall),
  }));
  return new Calibrator({ ...parameters, curves });
}
