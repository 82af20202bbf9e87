/**
 * Novelty@k: the mean self-information, in bits, of the recommended items.
 *
 * An item that n of U users have in their histories carries log₂((U + 1) / (n + 1)): 0 when all have it.
 * The mean is over all places of the first k ranks of all lists. Source: Zhou et al., "Solving the apparent
 * diversity-accuracy dilemma of recommender systems", PNAS 107(10), 2010; the + 1 is ours, for items that
 * nobody has.
 *
 * @param lists - item indices, best first
 * @param usersOf - (items) users with the item in their history
 * @param users - all users
 * @param k - list length, at least 1
 * @returns a number of bits, or `undefined` when no list holds anything
 */
export function noveltyAtK(
  lists: Iterable<ArrayLike<number>>,
  usersOf: ArrayLike<number>,
  users: number,
  k: number,
): number | undefined {
  let bits = 0;
  let places = 0;
  for (const list of lists) {
    for (let r = 0; r < Math.min(k, list.length); r++) {
      bits += Math.log2((users + 1) / (usersOf[list[r]!]! + 1));
      places++;
    }
  }
  return places === 0 ? undefined : bits / places;
}
