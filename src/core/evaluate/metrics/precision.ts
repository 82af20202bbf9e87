import { hitsAtK } from "./recall.ts";

/**
 * Precision@k: the share of the k places that hold a relevant item.
 *
 * The denominator is k, also where the ranking is shorter: an empty place is a miss.
 *
 * @param ranking - item indices, best first, without repeats
 * @param relevant - the user's held-out item indices
 * @param k - list length, at least 1
 * @returns a number in [0, 1], or `undefined` for a user with no relevant item
 */
export function precisionAtK(
  ranking: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number | undefined {
  if (relevant.size === 0) return undefined;
  return hitsAtK(ranking, relevant, k) / k;
}
