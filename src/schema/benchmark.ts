import { z } from "zod";

import { Estimate } from "./evaluation.ts";

/** The metrics by which benchmarks are compared. */
export const BENCHMARK_METRICS = ["recall@10", "ndcg@10", "recall@20", "ndcg@20"] as const;

const Metrics = z.record(z.enum(BENCHMARK_METRICS), Estimate);
/** `null` where no user belongs to the group. */
const Calibration = z.strictObject({ predicted: z.number(), observed: z.number() }).nullable();

/** What `recsys benchmark` prints and writes. */
export const BenchmarkResult = z.strictObject({
  dataset: z.string(),
  protocol: z.string(),
  model: Metrics,
  baselines: z.record(z.string(), Metrics),
  /** Model minus baseline, paired by user: the model is above where `low` is above 0. */
  differences: z.record(z.string(), Metrics),
  /** Mean probability of the novel top 10 and what came true, over all users and by activity tercile. */
  calibration: z.strictObject({
    all: Calibration,
    low: Calibration,
    middle: Calibration,
    high: Calibration,
  }),
  /** Wall seconds of each step. */
  seconds: z.record(z.string(), z.number()),
  /** Wall seconds of the fit of each baseline, without its ranking. */
  baselineSeconds: z.record(z.string(), z.number()),
  peakRssBytes: z.int(),
});
export type BenchmarkResult = z.infer<typeof BenchmarkResult>;
