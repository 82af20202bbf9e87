import { z } from "zod";

import { TransformConfig } from "./config/core.ts";

/**
 * `scoring.json` at the root of an exported model: what stands beside it in `model/<model>/` and `processed_data/<data>/`,
 * laid out as in the bucket, and how probabilities are told.
 */
export const ScoringModel = z.strictObject({
  formatVersion: z.literal(1),
  /** The core execution whose recommendations were served when it was exported. */
  execution: z.string(),
  /** The execution that trained the model. */
  model: z.string(),
  /** The collector's execution whose users and items are known. */
  data: z.string(),
  transform: TransformConfig.pick({ probability: true, kMax: true }),
});
export type ScoringModel = z.infer<typeof ScoringModel>;
