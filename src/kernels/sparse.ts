import type { Matrix, SparseRows } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import type { AccumulateOptions } from "./products.ts";
import { check, checkSparse, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Sparse matrices times sparse matrices, into dense rows, and what is read out of the result. */
export interface Sparse {
  /**
   * out[r, :] (+)= Σ_p weights[p] · source[indices[p], :] over the entries p of row r, for a sparse source.
   *
   * @param out - (R, C), dense
   * @param rows - R rows of indices below S
   * @param source - S rows of columns below C; its weights are its values
   */
  scatterSum(out: Matrix, rows: SparseRows, source: SparseRows, options?: AccumulateOptions): void;
  /**
   * out[r, j] += weight · log(1 + evidence[r, j] / (floor · mean_j evidence[r, j])), nothing below 0 counted.
   * A row without evidence adds nothing.
   *
   * @param out - (R, N)
   * @param evidence - (R, N)
   * @param weight - of the whole term
   * @param floor - above 0; the share of the mean from which on evidence counts
   */
  addLogEvidence(out: Matrix, evidence: Matrix, weight: number, floor: number): void;
}

/** The sparse operations over a memory, run by a team. */
export function sparse({ address }: KernelMemory, team: Team): Sparse {
  return {
    scatterSum(out, rows, source, { accumulate = false } = {}) {
      checkSparse("scatterSum", rows, out.rows);
      const sourceRows = source.offsets.length - 1;
      checkSparse("scatterSum", source, sourceRows);
      team.run("scatterSum", out.rows, 1, [
        address(out.values),
        out.columns,
        address(rows.offsets),
        address(rows.indices),
        address(rows.weights),
        rows.indices.length,
        address(source.offsets),
        address(source.indices),
        address(source.weights),
        sourceRows,
        source.indices.length,
        Number(accumulate),
      ]);
    },
    addLogEvidence(out, evidence, weight, floor) {
      check(
        out.rows === evidence.rows && out.columns === evidence.columns,
        "addLogEvidence",
        `out ${shape(out)} and evidence ${shape(evidence)} must have the same shape`,
      );
      check(floor > 0, "addLogEvidence", `floor must be above 0, got ${floor}`);
      team.run("addLogEvidence", out.rows, 1, [
        address(out.values),
        address(evidence.values),
        out.columns,
        weight,
        floor,
      ]);
    },
  };
}
