import { hitsAtK } from "./recall.ts";

/**
 * Hit rate@k of one user: 1 if any of the first k ranks holds a relevant item, else 0.
 *
 * @param ranking - item indices, best first, without repeats; may be shorter than k
 * @param relevant - the user's held-out item indices
 * @param k - list length, at least 1
 * @returns 0 or 1, or `undefined` for a user with no relevant item
 */
export function hitRateAtK(
  ranking: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number | undefined {
  if (relevant.size === 0) return undefined;
  return hitsAtK(ranking, relevant, k) > 0 ? 1 : 0;
}
