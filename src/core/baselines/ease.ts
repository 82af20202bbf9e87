import type { Kernels } from "../../kernels/index.ts";
import type { Histories, Scorer } from "../data/index.ts";
import { Scratch } from "../model/scratch.ts";
import { seenRows } from "../model/seen-rows.ts";
import { easeMatrix, type EaseOptions } from "./ease-matrix.ts";
import { scoreBlock } from "./score-block.ts";

/** Good on every data set tried (docs/evaluation.md); a baseline is not tuned to lose. */
export const EASE_DEFAULTS: EaseOptions = { lambda: 200 };

/**
 * EASE, a linear autoencoder: `score_ui = Σ_{j ∈ history of u} B_ji` with B of {@link easeMatrix}.
 *
 * It needs items² · 4 bytes of the kernels' memory.
 */
export function ease(
  kernels: Kernels,
  history: Histories,
  options: EaseOptions = EASE_DEFAULTS,
): Scorer {
  const weights = easeMatrix(kernels, history, options);
  return {
    name: "EASE",
    score(users, scores) {
      scoreBlock(kernels, scores, users.length, history.items, (out) => {
        kernels.gatherSum(out, seenRows(history, users, new Scratch(kernels)), weights);
      });
    },
  };
}
