import type { Matrix, SparseRows } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, checkMultipleOfFour, checkSparse, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Small systems of linear equations, one for every row of a matrix. */
export interface LeastSquares {
  /**
   * Moves every row of x towards the solution of
   *
   * ```
   * (diag(diagonal) + Σ_p w_p · y_p y_pᵀ) · x_r = Σ_p (1 + w_p) · y_p
   * ```
   *
   * over the entries p of row r, y_p = y[indices[p], :], by conjugate gradients from what stands in x. The error, measured
   * by the system itself, never grows. A row without entries becomes 0.
   *
   * The diagonal is the preconditioner: with few entries of small weight a step or two suffice.
   *
   * Source: Hestenes & Stiefel, "Methods of conjugate gradients for solving linear systems", 1952.
   *
   * @param x - (R, D), D a multiple of 4 and at most 4,096
   * @param rows - R lists of indices below S, with weights ≥ 0
   * @param y - (S, D)
   * @param diagonal - (D), > 0
   * @param steps - of conjugate gradients; D of them are exact but for rounding
   */
  solveRows(x: Matrix, rows: SparseRows, y: Matrix, diagonal: Float32Array, steps: number): void;
}

/** Three vectors of this many floats fit in a thread's scratch. */
const MOST_COLUMNS = 4096;

/** The solver over a memory, run by a team. */
export function leastSquares({ address }: KernelMemory, team: Team): LeastSquares {
  return {
    solveRows(x, rows, y, diagonal, steps) {
      check(
        x.columns === y.columns && x.columns <= diagonal.length && x.columns <= MOST_COLUMNS,
        "solveRows",
        `x ${shape(x)} and y ${shape(y)} need as many columns, a diagonal of as many numbers (got ${diagonal.length}), and at most ${MOST_COLUMNS}`,
      );
      checkMultipleOfFour("solveRows", x);
      checkSparse("solveRows", rows, x.rows);
      team.run("solveRows", x.rows, 8, [
        address(x.values),
        x.columns,
        address(rows.offsets),
        address(rows.indices),
        address(rows.weights),
        rows.indices.length,
        address(y.values),
        y.rows,
        address(diagonal),
        steps,
      ]);
    },
  };
}
