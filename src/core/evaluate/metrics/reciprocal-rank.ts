/**
 * Reciprocal rank@k, whose mean over users is MRR@k: 1 / r for the first relevant item's rank r ≤ k,
 * 0 where the first k ranks hold none.
 *
 * @param ranking - item indices, best first, without repeats; may be shorter than k
 * @param relevant - the user's held-out item indices
 * @param k - list length, at least 1
 * @returns a number in [0, 1], or `undefined` for a user with no relevant item
 */
export function reciprocalRankAtK(
  ranking: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number | undefined {
  if (relevant.size === 0) return undefined;
  for (let rank = 1; rank <= Math.min(k, ranking.length); rank++) {
    if (relevant.has(ranking[rank - 1]!)) return 1 / rank;
  }
  return 0;
}
