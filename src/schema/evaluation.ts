import { z } from "zod";

import { GATE_METRICS } from "./config/core.ts";

export type GateMetric = (typeof GATE_METRICS)[number];

/** A mean over users and the ends of its 95 % interval. */
export const Estimate = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof Estimate>;

/** By metric and list length, such as `ndcg@10`; empty where no user could be measured. */
export const Estimates = z.record(z.string(), Estimate);
export type Estimates = z.infer<typeof Estimates>;

/** What one scorer reached on the held-out rows. */
export const ScorerEvaluation = z.strictObject({
  name: z.string(),
  role: z.enum(["model", "served", "baseline"]),
  metrics: Estimates,
  /** Properties of the lists as a whole, such as `coverage@10`; null where they make no sense. */
  lists: z.record(z.string(), z.number().nullable()),
});
export type ScorerEvaluation = z.infer<typeof ScorerEvaluation>;

/** The model's lead over another scorer, both measured on the same users: paired intervals. */
export const Difference = z.strictObject({ against: z.string(), metrics: Estimates });
export type Difference = z.infer<typeof Difference>;

/** The metrics over some of the users, or counting only some of the items as relevant. */
export const Slice = z.strictObject({
  name: z.string(),
  of: z.enum(["users", "items"]),
  /** Who or what belongs to it, with the bounds in numbers. */
  description: z.string(),
  users: z.int().nonnegative(),
  relevant: z.int().nonnegative(),
  scorers: z.array(z.strictObject({ name: z.string(), metrics: Estimates })),
  differences: z.array(Difference),
});
export type Slice = z.infer<typeof Slice>;

/** Mean probability given against the share that came true. */
export const CalibrationGroup = z.strictObject({
  users: z.int().positive(),
  pairs: z.int().positive(),
  predicted: z.number(),
  observed: z.number(),
});
export type CalibrationGroup = z.infer<typeof CalibrationGroup>;

/** Does `interaction_probability` keep its promise? */
export const CalibrationEvaluation = z.strictObject({
  event: z.string(),
  /** Mean interactions per user within the hold-out. */
  horizon: z.number().nonnegative(),
  /** The novel top k of every user with training history, and by thirds of activity; null without users. */
  k: z.int().positive(),
  groups: z.strictObject({
    all: CalibrationGroup.nullable(),
    low: CalibrationGroup.nullable(),
    middle: CalibrationGroup.nullable(),
    high: CalibrationGroup.nullable(),
  }),
  /** The same pairs in bins of rising probability, each with as many pairs. */
  reliability: z.strictObject({
    /** ECE: Σ pairs in bin / pairs · |predicted − observed|. */
    expectedCalibrationError: z.number(),
    bins: z.array(
      z.strictObject({
        pairs: z.int().positive(),
        lowest: z.number(),
        highest: z.number(),
        predicted: z.number(),
        observed: z.number(),
      }),
    ),
  }),
});
export type CalibrationEvaluation = z.infer<typeof CalibrationEvaluation>;

/** An item as a person knows it. */
const ShownItem = z.strictObject({
  id: z.string(),
  /** Its title, null where the items have none. */
  name: z.string().nullable(),
});
export type ShownItem = z.infer<typeof ShownItem>;

/** One user as an example: what was known, what the model recommended, what was held out. */
const UserExample = z.strictObject({
  userId: z.string(),
  /** The third of the users by length of history. */
  activity: z.enum(["low", "middle", "high"]),
  historyItems: z.int().positive(),
  /** The latest ones, oldest first. */
  history: z.array(ShownItem),
  /** The novel list of the model, best first. */
  recommended: z.array(
    ShownItem.extend({
      /** null where the probabilities were not judged. */
      probability: z.number().nullable(),
      /** Is it one of those held out? */
      hit: z.boolean(),
    }),
  ),
  /** The relevant items that were to be found. */
  heldOut: z.array(ShownItem).min(1),
});
export type UserExample = z.infer<typeof UserExample>;

/** The gate's decision (Q62, A10). */
export const GateDecision = z.strictObject({
  metric: z.string(),
  selected: z.boolean(),
  /** Every condition with its figures, met or not. */
  reasons: z.array(z.string()),
});
export type GateDecision = z.infer<typeof GateDecision>;

/** `evaluation/<execution>/metrics.json`. */
export const Evaluation = z.strictObject({
  formatVersion: z.literal(1),
  /** How the held-out rows were chosen, and which part they are. */
  split: z.string(),
  part: z.enum(["validation", "test"]),
  /** Which rows were held out: those after the known ones, a random draw, or a file of their own. */
  heldOutRows: z.enum(["latest", "random", "file"]),
  /** Rows rated at or above this are relevant; null where every row is. */
  positiveThreshold: z.number().nullable(),
  counts: z.strictObject({
    users: z.int(),
    items: z.int(),
    /** Items that could be recommended. */
    candidates: z.int(),
    /** Users with training history or held-out relevant items. */
    eligibleUsers: z.int(),
    /** Users ranked: those, or a random sample of them. */
    rankedUsers: z.int(),
    /** Users with at least one relevant item: the denominator of every metric. */
    evaluatedUsers: z.int(),
    /** Held-out (user, item) pairs that were to be found. */
    relevant: z.int(),
  }),
  ks: z.array(z.int()),
  /** Of the intervals: resamples of the users, and the seed they were drawn with. */
  bootstrap: z.strictObject({ samples: z.int(), seed: z.int() }),
  /** What each metric is: formula and denominator. */
  definitions: z.record(z.string(), z.string()),
  scorers: z.array(ScorerEvaluation),
  differences: z.array(Difference),
  slices: z.array(Slice),
  calibration: CalibrationEvaluation.nullable(),
  /** Two users of each third of activity, chosen before anything is known of their lists; none without names to show. */
  examples: z.array(UserExample),
  gate: GateDecision,
});
export type Evaluation = z.infer<typeof Evaluation>;
