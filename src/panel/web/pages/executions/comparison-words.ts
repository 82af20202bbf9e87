/** A relative change in words: "+3.9 %", "no change"; a dash where one of the two is not known. */
export function changeOf(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined) return "–";
  if (before === after) return "no change";
  if (before === 0) return "from nothing";
  const change = after / before - 1;
  return `${change > 0 ? "+" : "−"}${(Math.abs(change) * 100).toFixed(1)} %`;
}

/** A metric's name as it is written in text: "ndcg@10" → "NDCG@10". */
export function metricTitle(name: string): string {
  const [metric = "", k] = name.split("@");
  const known: Readonly<Record<string, string>> = {
    ndcg: "NDCG",
    map: "MAP",
    mrr: "MRR",
    hitRate: "Hit rate",
    recall: "Recall",
    precision: "Precision",
  };
  const title = known[metric] ?? metric;
  return k === undefined ? title : `${title}@${k}`;
}

/** A setting's value. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}
