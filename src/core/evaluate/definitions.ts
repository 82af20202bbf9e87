import type { GateMetric } from "../../schema/index.ts";

/** What each ranking metric is, for the report: formula, denominator, and who is averaged. */
export const METRIC_DEFINITIONS: Readonly<Record<GateMetric, string>> = {
  ndcg: "DCG@k / DCG@k of a perfect ranking, where a relevant item at rank r gains 1 / log2(r + 1)",
  recall: "relevant items in the first k ranks / all relevant items of the user",
  precision: "relevant items in the first k ranks / k",
  map: "sum of precision@r over the ranks r up to k that hold a relevant item / min(k, relevant items of the user)",
  mrr: "1 / rank of the first relevant item, 0 if it is not among the first k",
  hitRate: "1 if any of the first k ranks holds a relevant item, else 0",
};

/** What each property of the lists is. */
export const LIST_DEFINITIONS = {
  coverage:
    "items that stand in the first k ranks of at least one user / items that could be recommended",
  gini: "inequality of how often the items that could be recommended stand in the first k ranks: 0 all equally often, near 1 a few items take all places",
  novelty:
    "mean over all recommended places of log2((users + 1) / (users who have the item + 1)), in bits",
  diversity:
    "1 - mean cosine similarity of the feature tokens of two items of a list, averaged over lists; items without tokens are left out",
} as const;

/** All of them, by the names that stand before the `@` in the report. */
export const DEFINITIONS: Readonly<Record<string, string>> = {
  ...METRIC_DEFINITIONS,
  ...LIST_DEFINITIONS,
};
