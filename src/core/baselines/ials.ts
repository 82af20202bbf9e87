import { setImmediate } from "node:timers/promises";

import { type Kernels, subMatrix } from "../../kernels/index.ts";
import type { Histories, Scorer } from "../data/index.ts";
import type { BaselineRun } from "./baseline-run.ts";
import { AlternatingLeastSquares } from "./ials-fit.ts";
import { defaultIalsOptions, type IalsOptions } from "./ials-options.ts";
import { positivesOf } from "./positives.ts";
import { scoreBlock } from "./score-block.ts";

/**
 * Implicit alternating least squares: `score_ui = x_u · y_i` with the vectors that minimise
 *
 * ```
 * Σ_observed (1 + α · w_ui) (1 − x_u · y_i)² + Σ_others (x_u · y_i)² + λ (Σ_u |x_u|² + Σ_i |y_i|²)
 * ```
 *
 * Observed are the pairs with a positive (A21): a pair rated badly is one of the others, which ranks better on explicit data
 * than a small weight does.
 *
 * Source: Hu, Koren & Volinsky, "Collaborative filtering for implicit feedback datasets", ICDM 2008.
 *
 * @throws RangeError if the vectors do not fit in the kernels' memory
 */
export async function ials(
  kernels: Kernels,
  history: Histories,
  { signal, report }: BaselineRun,
  options?: IalsOptions,
): Promise<Scorer> {
  const liked = positivesOf(history);
  const { iterations, ...settings } = options ?? defaultIalsOptions(liked);
  const fit = new AlternatingLeastSquares(kernels, liked, settings);
  for (let done = 0; done < iterations; done++) {
    report({ activity: "fit iALS", done, total: iterations, unit: "iterations" });
    await setImmediate(); // lets an abort through
    signal.throwIfAborted();
    fit.iterate();
  }
  const { users, items } = fit.finish();
  return {
    name: "iALS",
    score(block, scores) {
      scoreBlock(kernels, scores, block.length, items.rows, (out) => {
        const queries = kernels.matrix(block.length, users.columns);
        block.forEach((user, r) => {
          queries.values.set(subMatrix(users, 1, user).values, r * users.columns);
        });
        kernels.multiplyTransposed(out, queries, items);
      });
    },
  };
}
