/**
 * Recall@k: the share of the user's relevant items that the first k ranks hold.
 *
 * The denominator is all relevant items, also where there are more than k of them.
 *
 * @param ranking - item indices, best first, without repeats; may be shorter than k
 * @param relevant - the user's held-out item indices
 * @param k - list length, at least 1
 * @returns a number in [0, 1], or `undefined` for a user with no relevant item
 */
export function recallAtK(
  ranking: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number | undefined {
  if (relevant.size === 0) return undefined;
  return hitsAtK(ranking, relevant, k) / relevant.size;
}

/** How many of the first k ranks hold a relevant item. */
export function hitsAtK(
  ranking: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number {
  const length = Math.min(k, ranking.length);
  let hits = 0;
  for (let r = 0; r < length; r++) if (relevant.has(ranking[r]!)) hits++;
  return hits;
}
