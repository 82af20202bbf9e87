/**
 * Catalogue coverage: the share of the items that at least one list holds.
 *
 * @param exposure - how often each item that could be recommended stands in a list
 * @returns a number in [0, 1], or `undefined` without items
 */
export function coverage(exposure: ArrayLike<number>): number | undefined {
  if (exposure.length === 0) return undefined;
  let covered = 0;
  for (let item = 0; item < exposure.length; item++) if (exposure[item]! > 0) covered++;
  return covered / exposure.length;
}
