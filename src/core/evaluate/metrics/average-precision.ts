/**
 * Average precision@k, whose mean over users is MAP@k: the sum of precision@r over the ranks r ≤ k
 * that hold a relevant item, over min(k, |relevant|), the most such ranks there can be.
 *
 * @param ranking - item indices, best first, without repeats; may be shorter than k
 * @param relevant - the user's held-out item indices
 * @param k - list length, at least 1
 * @returns a number in [0, 1], or `undefined` for a user with no relevant item
 */
export function averagePrecisionAtK(
  ranking: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number | undefined {
  if (relevant.size === 0) return undefined;
  let hits = 0;
  let sum = 0;
  for (let rank = 1; rank <= Math.min(k, ranking.length); rank++) {
    if (relevant.has(ranking[rank - 1]!)) sum += ++hits / rank;
  }
  return sum / Math.min(k, relevant.size);
}
