import type { Random } from "../../kernels/index.ts";

/** Draws the distinct items that a batch shares as negatives. */
export interface NegativeSampler {
  /** Items of one draw. */
  readonly count: number;
  draw(out: Uint32Array, random: Random): void;
}

/**
 * Negatives in proportion to popularity^α among the items with training interactions.
 *
 * Drawing until `count` distinct ones are found takes ever longer as `count` nears the number of
 * items; from half of them on, all are taken instead and the softmax is exact.
 */
export function negativeSampler(
  popularity: Uint32Array,
  exponent: number,
  count: number,
): NegativeSampler {
  const active = Uint32Array.from(popularity.keys()).filter((item) => popularity[item]! > 0);
  if (count * 2 >= active.length) {
    return {
      count: active.length,
      draw: (out) => {
        out.set(active);
      },
    };
  }
  // Cumulative weights and a binary search: 2,048 draws a batch do not pay for an alias table.
  const cumulative = new Float64Array(active.length);
  let total = 0;
  active.forEach((item, a) => (cumulative[a] = total += popularity[item]! ** exponent));
  const taken = new Uint32Array(popularity.length);
  let draws = 0;
  return {
    count,
    draw(out, random) {
      draws++;
      for (let n = 0; n < count;) {
        const item = active[firstAbove(cumulative, random.uniform() * total)]!;
        if (taken[item] === draws) continue;
        taken[item] = draws;
        out[n++] = item;
      }
    },
  };
}

/** Index of the first element greater than `value`. */
function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
