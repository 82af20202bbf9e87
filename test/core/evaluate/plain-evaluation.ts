import type { TinyRow } from "../data/tiny-dataset.ts";

/**
 * The evaluation as one would write it down: sorts everything, counts by hand. The definition that the
 * fast one is held to.
 */
export function plainEvaluation(
  rows: readonly TinyRow[],
  table: readonly (readonly number[])[],
  { threshold, ks }: { readonly threshold: number; readonly ks: readonly number[] },
): { users: number; relevant: number; metrics: Record<string, number> } {
  const sums: Record<string, number> = {};
  let users = 0;
  let relevantItems = 0;
  table.forEach((scores, user) => {
    const own = rows.filter((row) => row.user === user);
    const known = new Set(own.filter(({ part }) => part !== "test").map(({ item }) => item));
    const latest = new Map(
      own.filter(({ part }) => part === "test").map(({ item, rating }) => [item, rating!]),
    );
    const relevant = [...latest]
      .filter(([item, rating]) => rating >= threshold && !known.has(item))
      .map(([item]) => item);
    if (relevant.length === 0) return;
    users++;
    relevantItems += relevant.length;
    const ranking = [...scores.keys()]
      .filter((item) => !known.has(item))
      .sort((a, b) => scores[b]! - scores[a]! || b - a);
    const ranks = relevant.map((item) => ranking.indexOf(item) + 1).sort((a, b) => a - b);
    for (const k of ks) {
      const hits = ranks.filter((rank) => rank <= k);
      const gain = (list: readonly number[]) =>
        list.reduce((sum, rank) => sum + Math.LN2 / Math.log(rank + 1), 0);
      const best = Math.min(k, relevant.length);
      const ideal = gain(Array.from({ length: best }, (_, place) => place + 1));
      const values = {
        recall: hits.length / relevant.length,
        precision: hits.length / k,
        ndcg: gain(hits) / ideal,
        map: hits.reduce((sum, rank, before) => sum + (before + 1) / rank, 0) / best,
        mrr: hits.length === 0 ? 0 : 1 / hits[0]!,
        hitRate: hits.length === 0 ? 0 : 1,
      };
      for (const [name, value] of Object.entries(values)) {
        sums[`${name}@${k}`] = (sums[`${name}@${k}`] ?? 0) + value;
      }
    }
  });
  const metrics = Object.fromEntries(
    Object.entries(sums).map(([name, sum]) => [name, sum / users]),
  );
  return { users, relevant: relevantItems, metrics };
}
