import type { ModelSummary } from "../schema/index.ts";

type Ndcg = ModelSummary["metrics"][string];

/**
 * Is a model's lead over the best baseline, or its lag, more than chance? Compared user by user a small one may be; where that
 * comparison was not kept, the model's own interval has to do.
 */
export function isClearLead(
  ndcg: Ndcg,
  { value, lead }: NonNullable<ModelSummary["bestBaseline"]>,
): boolean {
  if (lead !== undefined) return lead.low > 0 || lead.high < 0;
  return value < ndcg.low || value > ndcg.high;
}
