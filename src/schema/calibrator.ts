import { z } from "zod";

/**
 * How a score becomes an interaction probability; stored with the model.
 *
 * `x = intercept + logSoftmax · log softmax_u(i) + activity · log(1 + n_u)`, then a strictly rising
 * function of x that gives the logit: linear between `curve.logits`, which stand at `curve.start`,
 * `curve.start + curve.step`, …, and of slope 1 outside.
 */
export const CalibratorParameters = z.strictObject({
  /** What the probability is the probability of. */
  event: z.string(),
  /** Mean interactions per user in the hold-out it was fitted on: the size of the horizon. */
  horizon: z.number().nonnegative(),
  intercept: z.number(),
  logSoftmax: z.number().positive(),
  activity: z.number(),
  curve: z.strictObject({
    start: z.number(),
    step: z.number().positive(),
    logits: z.array(z.number()).min(2),
  }),
});
export type CalibratorParameters = z.infer<typeof CalibratorParameters>;
