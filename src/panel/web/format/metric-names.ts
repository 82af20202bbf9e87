const NAMES: Readonly<Record<string, string>> = {
  ndcg: "NDCG",
  map: "MAP",
  mrr: "MRR",
  auc: "AUC",
  recall: "Recall",
  precision: "Precision",
  hitRate: "Hit rate",
};
const IN_TEXT = new RegExp(`\\b(${Object.keys(NAMES).join("|")})(?=@\\d)`, "g");

/** "NDCG@10", of `ndcg@10`. */
export function metricName(metric: string): string {
  const [name = metric, length] = metric.split("@");
  const words = NAMES[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return length === undefined ? words : `${words}@${length}`;
}

/** A sentence of the server's with the metrics named as everywhere: "NDCG@10 0.1154 is below …". */
export function withMetricNames(text: string): string {
  return text.replace(IN_TEXT, (name) => NAMES[name]!);
}
