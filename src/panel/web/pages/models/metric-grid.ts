/** Metrics in rows, the lengths of the lists in columns. */
export interface MetricGrid<Estimate> {
  readonly lengths: readonly string[];
  readonly rows: readonly {
    readonly metric: string;
    /** By length. */
    readonly at: Readonly<Record<string, Estimate>>;
  }[];
}

/** Puts `ndcg@5`, `ndcg@10`, … into a row each metric; one that is of no list stands below the length "". */
export function metricGrid<Estimate>(
  metrics: Readonly<Record<string, Estimate>>,
): MetricGrid<Estimate> {
  const rows = new Map<string, Record<string, Estimate>>();
  const lengths = new Set<string>();
  for (const [name, estimate] of Object.entries(metrics)) {
    const [metric = name, length = ""] = name.split("@");
    const row = rows.get(metric) ?? {};
    rows.set(metric, row);
    row[length] = estimate;
    lengths.add(length);
  }
  return {
    lengths: [...lengths].sort((a, b) => Number(a) - Number(b)),
    rows: [...rows].map(([metric, at]) => ({ metric, at })),
  };
}
