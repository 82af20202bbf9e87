import type { Kernels } from "../../kernels/index.ts";
import { type Histories, type Scorer, type Tokens, usersOf } from "../data/index.ts";
import type { BaselineRun } from "./baseline-run.ts";
import { contentKnn, ease, linearFilterScorer } from "./counted.ts";
import { fitsEase } from "../neighbours/index.ts";
import { ials } from "./ials.ts";
import { itemKnn } from "./item-knn.ts";
import { popular } from "./popular.ts";

/** A recommender that a model has to be better than. */
export interface Baseline {
  readonly name: string;
  /**
   * Fits it. What it keeps it takes from the kernels' memory, for as long as the scorer is used.
   *
   * @throws the signal's reason once it is aborted
   */
  readonly build: (run: BaselineRun) => Scorer | Promise<Scorer>;
}

/**
 * The baselines of every evaluation, over one history, to be built one after the other.
 *
 * The popular one counts distinct users: that ranks better than the rows that the served list counts (A16).
 */
export function baselines(
  kernels: Kernels,
  history: Histories,
  tokens: Tokens | undefined,
): readonly Baseline[] {
  const withFeatures: readonly Baseline[] =
    tokens === undefined
      ? []
      : [{ name: "content-kNN", build: () => contentKnn(kernels, history, tokens) }];
  const all: readonly (Baseline & { readonly isTooLarge?: boolean })[] = [
    { name: "popular", build: () => popular(usersOf(history)) },
    { name: "item-kNN", build: () => itemKnn(history) },
    { name: "linear filter", build: () => linearFilterScorer(kernels, history) },
    ...withFeatures,
    {
      name: "EASE",
      build: () => ease(kernels, history),
      isTooLarge: !fitsEase(history),
    },
    { name: "iALS", build: (run) => ials(kernels, history, run) },
  ];
  return all.filter(({ isTooLarge = false }) => !isTooLarge);
}
