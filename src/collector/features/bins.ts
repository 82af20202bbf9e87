/** Quantile bins: bin b holds the values from edge b − 1 up to, not including, edge b. */
export interface Bins {
  /** Ascending, all different; one fewer than the bins. */
  readonly edges: Float64Array;
}

/**
 * Cuts numbers into at most `count` bins of about equal size; equal values are never parted, so
 * frequent values make fewer bins.
 *
 * @param numbers - finite, in any order
 */
export function quantileBins(numbers: Float64Array, count: number): Bins {
  const sorted = numbers.toSorted();
  const edges = new Set<number>();
  for (let cut = 1; cut < count; cut++) {
    const edge = sorted[Math.floor((cut * sorted.length) / count)];
    // An edge at the smallest value would leave the first bin empty.
    if (edge !== undefined && edge > sorted[0]!) edges.add(edge);
  }
  return { edges: Float64Array.from(edges) };
}

/** The number's bin, from 0. */
export function binOf({ edges }: Bins, number: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A bin as an interval, for people: `< 10`, `[10, 20)`, `>= 20`. */
export function binLabel({ edges }: Bins, bin: number): string {
  const from = edges[bin - 1];
  const to = edges[bin];
  if (from === undefined) return to === undefined ? "any" : `< ${to}`;
  return to === undefined ? `>= ${from}` : `[${from}, ${to})`;
}
