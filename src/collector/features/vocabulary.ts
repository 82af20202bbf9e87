import type { CollectorConfig, VocabularyToken } from "../../schema/index.ts";

/** The tokens of one column: which there are, and which of them each row has. */
export interface ColumnTokens {
  readonly vocabulary: readonly VocabularyToken[];
  /** Of each row, positions in `vocabulary`, ascending. */
  readonly rows: readonly (readonly number[])[];
}

/**
 * Makes the categories of a column its tokens, the most frequent first (ties by code unit). Left out
 * are categories of fewer than `minTokenItems` rows, and all beyond `maxTokens`.
 *
 * @param feature - the column's name
 * @param values - the different categories of each row
 * @param limits - which categories are left out
 */
export function categoryTokens(
  feature: string,
  values: readonly (readonly string[])[],
  limits: Pick<CollectorConfig["features"], "minTokenItems" | "maxTokens">,
): ColumnTokens {
  const counts = new Map<string, number>();
  for (const row of values) {
    for (const value of row) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const kept = [...counts]
    .filter(([, count]) => count >= limits.minTokenItems)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, limits.maxTokens);
  const position = new Map(kept.map(([value], index) => [value, index]));
  return {
    vocabulary: kept.map(([value, count]) => ({ feature, value, count })),
    rows: values.map((row) =>
      row.flatMap((value) => position.get(value) ?? []).sort((a, b) => a - b),
    ),
  };
}
