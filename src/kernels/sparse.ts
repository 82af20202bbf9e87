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
   * evidence[r, j] ← log(1 + evidence[r, j] / (floor · mean_j evidence[r, j])), nothing below 0 counted. A row
   * without evidence becomes 0.
   *
   * @param evidence - (R, N)
   * @param floor - above 0; the share of the mean from which on evidence counts
   */
  logEvidence(evidence: Matrix, floor: number): void;
  /** out[r, j] += scale · input[r, j], for matrices of the same shape. */
  addScaled(out: Matrix, input: Matrix, scale: number): void;
}

/** Numbers below which a thread's share of a plain pass is not worth its waking. */
const CHUNK_NUMBERS = 16_384;

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
    logEvidence(evidence, floor) {
      check(floor > 0, "logEvidence", `floor must be above 0, got ${floor}`);
      team.run("logEvidence", evidence.rows, 1, [
        address(evidence.values),
        evidence.columns,
        floor,
      ]);
    },
    addScaled(out, input, scale) {
      check(
        out.rows === input.rows && out.columns === input.columns,
        "addScaled",
        `out ${shape(out)} and input ${shape(input)} must have the same shape`,
      );
      team.run("addScaled", out.rows * out.columns, CHUNK_NUMBERS, [
        address(out.values),
        address(input.values),
        scale,
      ]);
    },
  };
}
