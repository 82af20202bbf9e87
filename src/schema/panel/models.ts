import { z } from "zod";

import { ExecutionSummary } from "./executions.ts";

const Figure = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

/** A row of `GET /panel/api/models`: one core execution's model. */
export const ModelSummary = z.strictObject({
  execution: ExecutionSummary,
  /** Metric → estimate, of the model. */
  metrics: z.record(z.string(), Figure),
  /** The best baseline, its NDCG@10, and the model's lead over it, paired by user; not known of models of before. */
  bestBaseline: z
    .strictObject({ name: z.string(), value: z.number(), lead: Figure.optional() })
    .nullable(),
  gate: z
    .strictObject({
      /** What it judges by, such as `ndcg@10`. */
      metric: z.string(),
      selected: z.boolean(),
      reasons: z.array(z.string()),
      threshold: z.number().nullable(),
    })
    .nullable(),
  promotion: z.strictObject({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  /** Predicted over observed probability of the novel top 10. */
  calibration: z.number().nullable(),
  dataCreatedAt: z.string().nullable(),
  hasReport: z.boolean(),
});
export type ModelSummary = z.infer<typeof ModelSummary>;
