import { z } from "zod";

/**
 * How a score becomes an interaction probability; stored with the model.
 *
 * `x = intercept + logSoftmax · log softmax_u(i) + activity · log(1 + n_u)`. Each curve gives the logit at
 * x = start, start + step, …, linear between them and of slope 1 outside; curves rise strictly. The logit is
 * linear between the curves of the two activities around log(1 + n_u), that of the nearest one outside.
 */
export const CalibratorParameters = z.strictObject({
  /** What the probability is the probability of. */
  event: z.string(),
  /** Mean interactions per user in the hold-out it was fitted on: the size of the horizon. */
  horizon: z.number().nonnegative(),
  /** Share of all novel pairs of that hold-out that came true: the prior of the probabilities. */
  baseRate: z.number().min(0).max(1),
  intercept: z.number(),
  logSoftmax: z.number().positive(),
  activity: z.number(),
  start: z.number(),
  step: z.number().positive(),
  curves: z
    .array(
      z.strictObject({
        /** log(1 + n_u) of the users it was fitted on; ascending. */
        activity: z.number(),
        logits: z.array(z.number()).min(2),
      }),
    )
    .min(1),
});
export type CalibratorParameters = z.infer<typeof CalibratorParameters>;
