/** As many as dashboard.css has; beyond them they begin anew. */
const COLORS = 12;
const RECSYS = "recsys";
/** What figures call the part that came through recommendations. */
const THROUGH_RECSYS = [RECSYS, "reached by recommendations", "followed a recommendation"];
/** What stands for several sources, or for none. */
const REST = ["unattributed", "other sources", "others"];

/** The colour of what is of no source, or of all. */
export const OF_ALL = "var(--source-all)";

/**
 * The colour of each source, the same in every tile and after new data: the recommender has the first, the others have
 * theirs in the order of the alphabet. A figure's order of sources changes with their rank.
 */
export function sourceColors(sources: readonly string[]): ReadonlyMap<string, string> {
  const named = sources.filter((name) => name !== RECSYS && !REST.includes(name)).sort();
  return new Map([
    ...THROUGH_RECSYS.map((name) => [name, "var(--source-1)"] as const),
    ...REST.map((name) => [name, "var(--source-rest)"] as const),
    ...named.map((name, at) => [name, `var(--source-${2 + (at % (COLORS - 1))})`] as const),
  ]);
}
