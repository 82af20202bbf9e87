import { z } from "zod";

/** What stands beside the towers: statistics of the interactions (`neighbours/`). */
export const BRANCHES = ["linear", "transition", "content"] as const;
export type BranchName = (typeof BRANCHES)[number];

/** How the parts of a score are weighed; chosen on validation rows without training anew. */
export const Blend = z.strictObject({
  /** β: weight of log(1 + popularity). */
  popularityPrior: z.number(),
  /** Weight of each branch's evidence, 0 leaves it out. */
  branches: z.strictObject({ linear: z.number(), transition: z.number(), content: z.number() }),
});
export type Blend = z.infer<typeof Blend>;

/**
 * Everything that, with the data and the seed, determines a fitted model.
 *
 * Chosen on validation rows, then frozen: the refit on all rows and the gate's comparison with what
 * is served both train from these alone.
 */
export const ModelSettings = z.strictObject({
  /** Width of the embeddings. */
  embeddingSize: z.int(),
  /**
   * What a user's query is made of: `flat` sums the whole history, `ordered` sums the latest items
   * under two decaying kernels and is trained to name the next one.
   */
  history: z.enum(["flat", "ordered"]),
  /** Items of the history that an `ordered` query looks back at. */
  historyLength: z.int(),
  /** Most positions of one user that enter an epoch of an `ordered` fit. */
  positionsPerUser: z.int(),
  /** Hidden units of the residual network that the query passes through; 0 for none. */
  hiddenUnits: z.int().default(0),
  /** τ: cosines are divided by it. */
  temperature: z.number(),
  /** α: negatives are drawn in proportion to popularity to this power. */
  negativeExponent: z.number(),
  /** ω: a user's loss weighs (positives)^−ω. */
  userWeightExponent: z.number(),
  /**
   * How much a pair of user and item counts: `graded` by its rating, or by its repeats where ratings say nothing;
   * `equal`, every pair alike.
   */
  pairWeights: z.enum(["graded", "equal"]).default("graded"),
  blend: Blend,
  /** Negatives shared by a batch. */
  negatives: z.int(),
  /** Rows (users, or positions of users) of a batch. */
  batchRows: z.int(),
  epochs: z.int(),
  learningRate: z.number(),
  itemIdDropout: z.number(),
  useFeatures: z.boolean(),
  seed: z.int(),
});
export type ModelSettings = z.infer<typeof ModelSettings>;
