/**
 * How often each item stands in the first k ranks.
 *
 * @param lists - item indices, best first
 * @param items - items of the catalogue
 * @param k - list length, at least 1
 * @returns (items)
 */
export function exposureAtK(
  lists: Iterable<ArrayLike<number>>,
  items: number,
  k: number,
): Uint32Array {
  const exposure = new Uint32Array(items);
  for (const list of lists) {
    for (let r = 0; r < Math.min(k, list.length); r++) exposure[list[r]!]!++;
  }
  return exposure;
}
