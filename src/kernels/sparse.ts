import type { Matrix, SparseRows } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, checkSparse, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Sparse matrices times sparse matrices, into dense rows, and what is read out of the result. */
export interface Sparse {
  /**
   * out = A · B, dense: out[r, :] = Σ_p a.weights[p] · B[a.indices[p], :] over the entries p of row r of A.
   *
   * Without weights on either side the result counts: it is exact up to 2²⁴.
   *
   * @param out - (R, N)
   * @param a - (R, S); its weights are its values
   * @param b - (S, N)
   */
  multiplySparse(out: Matrix, a: SparseRows, b: SparseRows): void;
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
    multiplySparse(out, a, b) {
      const bRows = b.offsets.length - 1;
      checkSparse("multiplySparse", a, out.rows);
      check(bRows >= 0, "multiplySparse", "B needs at least one offset");
      checkSparse("multiplySparse", b, bRows);
      team.run("multiplySparse", out.rows, 1, [
        address(out.values),
        out.columns,
        address(a.offsets),
        address(a.indices),
        address(a.weights),
        a.indices.length,
        address(b.offsets),
        address(b.indices),
        address(b.weights),
        bRows,
        b.indices.length,
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
