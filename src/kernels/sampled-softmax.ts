import type { Matrix, SparseRows } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, checkSparse } from "./shapes.ts";
import type { Team } from "./team.ts";

/** The softmax loss of every positive against the negatives that its batch shares. */
export interface SampledSoftmax {
  /**
   * Loss and gradient in one pass; the logits are replaced by their gradient. With T = inverseTemperature, for row r
   *
   * ```
   * E_rj = exp((logits_rj − 1) · T), 0 where j is masked for r      n_r = Σ_j E_rj
   * e_p  = exp((cosines_p − 1) · T)                                 for the positives p of r
   * losses_r    = −Σ_p w_p · log(e_p / (e_p + n_r))
   * dCosines_p  = −w_p · n_r / (e_p + n_r) · T                      d losses_r / d cosines_p
   * logits_rj   ← T · E_rj · Σ_p w_p / (e_p + n_r)                  d losses_r / d logits_rj
   * ```
   *
   * Source: Wu et al., "On the effectiveness of sampled softmax loss for item recommendation", 2022.
   */
  sampledSoftmax(input: SampledSoftmaxInput, output: SampledSoftmaxOutput): void;
}

export interface SampledSoftmaxInput {
  /** (R, N), the cosines of R rows with N negatives; becomes its own gradient. */
  readonly logits: Matrix;
  /** 1 / τ. */
  readonly inverseTemperature: number;
  /**
   * R lists of columns (below N) that are positives of the row.
   *
   * @default none
   */
  readonly masked?: SparseRows | undefined;
  /** R lists of positives, weights are those of the loss; the indices play no part. */
  readonly positives: SparseRows;
  /** (P), the cosine of each positive with its row, from `rowDots`. */
  readonly cosines: Float32Array;
}

export interface SampledSoftmaxOutput {
  /** (R). */
  readonly losses: Float32Array;
  /** (P). */
  readonly dCosines: Float32Array;
}

/** The loss over a memory, run by a team. */
export function sampledSoftmax({ address }: KernelMemory, team: Team): SampledSoftmax {
  return {
    sampledSoftmax(
      { logits, inverseTemperature, masked, positives, cosines },
      { losses, dCosines },
    ) {
      const { rows } = logits;
      const entries = positives.indices.length;
      checkSparse("sampledSoftmax", positives, rows);
      if (masked !== undefined) checkSparse("sampledSoftmax", masked, rows);
      check(
        cosines.length >= entries && dCosines.length >= entries,
        "sampledSoftmax",
        `${entries} positives need as many cosines and gradients, got ${cosines.length} and ${dCosines.length}`,
      );
      check(
        losses.length >= rows,
        "sampledSoftmax",
        `${rows} rows need as many losses, got ${losses.length}`,
      );
      team.run("sampledSoftmax", rows, 1, [
        address(logits.values),
        logits.columns,
        inverseTemperature,
        address(masked?.offsets),
        address(masked?.indices),
        masked?.indices.length ?? 0,
        address(positives.offsets),
        address(positives.weights),
        entries,
        address(cosines),
        address(losses),
        address(dCosines),
      ]);
    },
  };
}
