/**
 * NDCG@k with binary gains: DCG@k over the DCG@k of a perfect ranking.
 *
 * A relevant item at rank r (from 1) gains 1 / log₂(r + 1); the perfect ranking starts with
 * min(k, |relevant|) relevant items, however short the ranking is.
 * Source: Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques",
 * ACM TOIS 20(4), 2002.
 *
 * @param ranking - item indices, best first, without repeats
 * @param relevant - the user's held-out item indices
 * @param k - list length, at least 1
 * @returns a number in [0, 1], or `undefined` for a user with no relevant item
 */
export function ndcgAtK(
  ranking: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number | undefined {
  if (relevant.size === 0) return undefined;
  let dcg = 0;
  let idealDcg = 0;
  for (let rank = 1; rank <= k; rank++) {
    const gain = 1 / Math.log2(rank + 1);
    if (rank <= ranking.length && relevant.has(ranking[rank - 1]!)) dcg += gain;
    if (rank <= relevant.size) idealDcg += gain;
  }
  return dcg / idealDcg;
}
