const NAMES: Readonly<Record<string, string>> = {
  ndcg: "NDCG",
  mrr: "MRR",
  auc: "AUC",
  map: "MAP",
  recall: "Recall",
  precision: "Precision",
  hit_rate: "Hit rate",
};

/** "NDCG@10", of `ndcg@10`. */
export function metricName(metric: string): string {
  const [name = metric, length] = metric.split("@");
  const words = NAMES[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
  return length === undefined ? words : `${words}@${length}`;
}
