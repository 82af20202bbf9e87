import { z } from "zod";

/** The model and its training. */
export const TrainingConfig = z.strictObject({
  embeddingSize: z.int().multipleOf(4).min(8).max(512).default(128).meta({
    title: "Embedding size",
    description: "Width of the user and item embeddings.",
  }),
  maxEpochs: z.int().positive().default(40).meta({
    title: "Epochs at most",
    description: "Passes over the training rows at most.",
  }),
  learningRate: z.number().positive().default(0.02).meta({
    title: "Learning rate",
    description: "Step size of Adam at the start; it falls linearly to zero.",
  }),
  negatives: z.int().positive().default(2048).meta({
    title: "Negatives",
    description: "Negatives that a batch shares.",
  }),
  itemIdDropout: z.number().min(0).max(0.9).default(0.2).meta({
    title: "Item id dropout",
    description: "Share of training steps in which an item is seen by its features alone.",
  }),
  useFeatures: z.boolean().default(true).meta({
    title: "Use item features",
    description: "Do item features enter the model?",
  }),
  rounds: z.int().min(1).max(200).default(20).meta({
    title: "Rounds",
    description:
      "Rounds of a fit that several instances share: after each round their models are averaged.",
  }),
  threads: z.int().min(1).max(64).optional().meta({
    title: "Threads",
    description:
      "Worker threads of training, evaluation and transform; without a number one for each processor of the machine, at most 16. Any number gives the same model, to the byte.",
  }),
  budgetMinutes: z.number().positive().optional().meta({
    title: "Training budget (minutes)",
    description:
      "What tuning and fits may take together. A fixed model of the cost makes steps of it, so the same budget gives the same model; every fit takes an epoch at least. Without one: as long as it pays.",
  }),
  seed: z.int().nonnegative().default(0).meta({
    title: "Seed",
    description: "Start of the random numbers.",
  }),
});
export type TrainingConfig = z.infer<typeof TrainingConfig>;

export const GATE_METRICS = ["ndcg", "recall", "precision", "map", "mrr", "hitRate"] as const;

/** What is measured on the held-out rows, and what a model must reach to be served (Q62, A10). */
export const EvaluationConfig = z.strictObject({
  ks: z.array(z.int().min(1).max(1000)).min(1).default([5, 10, 20, 50]).meta({
    title: "List lengths",
    description: "List lengths at which the metrics are taken.",
  }),
  maxUsers: z.int().min(100).optional().meta({
    title: "Users at most",
    description:
      "Users who are ranked at most, drawn at random. Without it: as many as score 2 billion pairs, and at least 10,000.",
  }),
  bootstrapSamples: z.int().min(100).max(100_000).default(1000).meta({
    title: "Bootstrap samples",
    description: "Resamples over users behind each 95 % interval.",
  }),
  gate: z
    .strictObject({
      metric: z.enum(GATE_METRICS).default("ndcg").meta({
        title: "Gate: metric",
        description: "What decides whether a model may be served.",
      }),
      k: z.int().min(1).max(1000).default(10).meta({
        title: "Gate: list length",
        description: "List length of that metric.",
      }),
      threshold: z.number().min(0).max(1).optional().meta({
        title: "Gate: threshold",
        description:
          "What it must reach. Without one: the popularity baseline's value, and more than 0.",
      }),
      compareWithServed: z.boolean().default(true).meta({
        title: "Gate: compare with what is served",
        description:
          "Also reject a model that is worse than the served configuration by more than chance explains.",
      }),
    })
    .prefault({}),
  seed: z.int().nonnegative().default(0).meta({
    title: "Evaluation seed",
    description: "Start of the random numbers of the bootstrap.",
  }),
});
export type EvaluationConfig = z.infer<typeof EvaluationConfig>;

/** The stored recommendations (A32). */
export const TransformConfig = z.strictObject({
  kMax: z.int().min(1).max(1000).default(100).meta({
    title: "Length of stored lists",
    description: "Length of each stored list, per user and per item; the largest `k` of a request.",
  }),
  probability: z.enum(["calibrated", "balanced"]).default("calibrated").meta({
    title: "Interaction probability",
    description:
      "What `interaction_probability` is: the share of such pairs that come true, or the same with a prior of one half (docs/evaluation.md).",
  }),
});
export type TransformConfig = z.infer<typeof TransformConfig>;
