/**
 * Gini coefficient of the exposure of the items: 0 when all stand in equally many lists, 1 − 1/n when one
 * of n has every place.
 *
 * `Σᵢ (2i − n − 1) xᵢ / (n Σᵢ xᵢ)` with the exposures x ascending, i from 1. Items in no list count too.
 *
 * @param exposure - how often each item that could be recommended stands in a list
 * @returns a number in [0, 1), or `undefined` when no list holds anything
 */
export function gini(exposure: ArrayLike<number>): number | undefined {
  const sorted = Float64Array.from(exposure).sort();
  let weighted = 0;
  let sum = 0;
  sorted.forEach((count, index) => {
    weighted += (2 * (index + 1) - sorted.length - 1) * count;
    sum += count;
  });
  return sum === 0 ? undefined : weighted / (sorted.length * sum);
}
