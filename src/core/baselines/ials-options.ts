import type { Histories } from "../data/index.ts";

export interface IalsOptions {
  /** Width of a vector, a multiple of 4. */
  readonly factors: number;
  /** An observed pair of weight w counts 1 + alpha · w, any other 1. */
  readonly alpha: number;
  /** λ, the ridge, above 0. */
  readonly regularization: number;
  /** Passes over users and items. */
  readonly iterations: number;
  /** Steps of conjugate gradients for each row and pass. */
  readonly steps: number;
  readonly seed: number;
}

/** Vectors of all users and items may hold so many numbers (1 GiB). */
const MOST_NUMBERS = 2 ** 28;
const WIDTHS = [128, 64, 32, 16];

/**
 * Settings that are good on every data set tried (docs/evaluation.md); a baseline is not tuned to lose.
 *
 * The emptier the matrix, the more must an observed pair count against the many others.
 */
export function defaultIalsOptions({ users, items, itemIndices }: Histories): IalsOptions {
  const density = itemIndices.length / Math.max(1, users * items);
  const fits = (factors: number): boolean => (users + items) * factors <= MOST_NUMBERS;
  return {
    factors: WIDTHS.find(fits) ?? WIDTHS.at(-1)!,
    alpha: 0.12 / (density || 1) ** 0.75,
    regularization: 30,
    iterations: 10,
    steps: 2,
    seed: 1,
  };
}
