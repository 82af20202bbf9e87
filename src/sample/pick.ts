import type { Random } from "../kernels/index.ts";
import type { Uniform } from "./hash.ts";

/** Draws one of `choices`, each as likely as the others. */
export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random.integer(choices.length)]!;
}

/** Draws an index with probability proportional to its weight; the weights need not sum to 1. */
export function weighted(uniform: Uniform, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  let rest = uniform() * total;
  for (let i = 0; i < weights.length - 1; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

/**
 * The first index in [start, end) whose running sum `sums[index + 1]` is above `x`: with x uniform in
 * [sums[start], sums[end]) index i comes up in proportion to `sums[i + 1] − sums[i]`, never if that is 0.
 */
export function searchSums(sums: Float64Array, start: number, end: number, x: number): number {
  let low = start;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle + 1]! > x) high = middle;
    else low = middle + 1;
  }
  return low;
}
