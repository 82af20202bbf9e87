import type { Histories } from "../data/index.ts";

/** The settings of one pass. */
export interface FitOptions {
  /** Width of a vector, a multiple of 4. */
  readonly factors: number;
  /** An observed pair of weight w counts 1 + alpha · w, any other 1. */
  readonly alpha: number;
  /** λ, the ridge, above 0. */
  readonly regularization: number;
  /** Steps of conjugate gradients for each row and pass. */
  readonly steps: number;
  readonly seed: number;
}

export interface IalsOptions extends FitOptions {
  /** Passes over users and items. */
  readonly iterations: number;
}

/** All observed pairs together weigh this share of what all pairs of user and item weigh … */
const OBSERVED_SHARE = 0.02;
/** … but one pair no more than this. */
const MOST_ALPHA = 40;

/** Vectors of all users and items may hold so many numbers (512 MiB): it bounds the time too. */
const MOST_NUMBERS = 2 ** 27;
const WIDTHS = [256, 128, 64, 32, 16];

/** Settings that are good on every data set tried (docs/evaluation.md); a baseline is not tuned to lose. */
export function defaultIalsOptions({ users, items, itemIndices }: Histories): IalsOptions {
  const fits = (factors: number): boolean => (users + items) * factors <= MOST_NUMBERS;
  return {
    factors: WIDTHS.find(fits) ?? WIDTHS.at(-1)!,
    alpha: Math.min(MOST_ALPHA, (OBSERVED_SHARE * users * items) / Math.max(1, itemIndices.length)),
    regularization: 30,
    iterations: 10,
    steps: 2,
    seed: 1,
  };
}
