import { z } from "zod";

/** The model and its training. */
export const TrainingConfig = z.strictObject({
  /** Width of the user and item embeddings. */
  embeddingSize: z.int().multipleOf(4).min(8).max(512).default(128),
  /** Passes over the training rows at most; validation usually settles on fewer. */
  maxEpochs: z.int().positive().default(40),
  /** Step size of Adam at the start; it falls linearly to zero. */
  learningRate: z.number().positive().default(0.02),
  /** Negatives that a batch shares. */
  negatives: z.int().positive().default(2048),
  /** Share of training steps in which an item is seen by its features alone. */
  itemIdDropout: z.number().min(0).max(0.9).default(0.2),
  /** Do item features enter the model? */
  useFeatures: z.boolean().default(true),
  /** Rounds of a fit that several instances share (`instances.training.instanceCount`): after each their models are averaged. */
  rounds: z.int().min(1).max(200).default(20),
  /** Worker threads; recorded in the manifest. */
  threads: z.int().min(1).max(64).default(2),
  seed: z.int().nonnegative().default(0),
});
export type TrainingConfig = z.infer<typeof TrainingConfig>;

export const GATE_METRICS = ["ndcg", "recall", "precision", "map", "mrr", "hitRate"] as const;

/** What is measured on the held-out rows, and what a model must reach to be served (Q62, A10). */
export const EvaluationConfig = z.strictObject({
  /** List lengths at which the metrics are taken. */
  ks: z.array(z.int().min(1).max(1000)).min(1).default([5, 10, 20, 50]),
  /**
   * Users who are ranked at most, a random sample where there are more. Without it: as many as score 2 billion pairs
   * of a user and an item, and at least 10,000.
   */
  maxUsers: z.int().min(100).optional(),
  /** Bootstrap resamples over users behind each 95 % interval. */
  bootstrapSamples: z.int().min(100).max(100_000).default(1000),
  gate: z
    .strictObject({
      metric: z.enum(GATE_METRICS).default("ndcg"),
      k: z.int().min(1).max(1000).default(10),
      /** The metric must reach this value. Without one it must reach the popularity baseline and be above 0. */
      threshold: z.number().min(0).max(1).optional(),
      /** Also reject a model that is below the configuration now served by more than chance explains. */
      compareWithServed: z.boolean().default(true),
    })
    .prefault({}),
  seed: z.int().nonnegative().default(0),
});
export type EvaluationConfig = z.infer<typeof EvaluationConfig>;

/** The stored recommendations (A32). */
export const TransformConfig = z.strictObject({
  /** Length of each stored list, per user and per item. */
  kMax: z.int().min(1).max(1000).default(100),
  /**
   * What `interaction_probability` is: `calibrated`, the share of such pairs that come true, or `balanced`, the same
   * with a prior of one half, so that 0.5 says "as likely as any pair".
   */
  probability: z.enum(["calibrated", "balanced"]).default("calibrated"),
});
export type TransformConfig = z.infer<typeof TransformConfig>;
