import type { Matrix, SparseRows } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import type { AccumulateOptions } from "./products.ts";
import { check, checkMultipleOfFour, checkSparse, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Sums over, and dot products with, rows picked out of a matrix. */
export interface Gathers {
  /**
   * out[r, :] (+)= Σ_p weights[p] · source[indices[p], :] over the entries p of row r.
   *
   * out is (R, D), source (S, D), every index is below S.
   */
  gatherSum(out: Matrix, rows: SparseRows, source: Matrix, options?: GatherOptions): void;
  /**
   * out[p] = a[r, :] · b[indices[p], :] for every entry p of every row r; the weights play no part.
   *
   * a is (R, D), b (S, D), D a multiple of 4, every index is below S; out is (P), one number for each entry.
   */
  rowDots(out: Float32Array, rows: SparseRows, a: Matrix, b: Matrix): void;
}

export interface GatherOptions extends AccumulateOptions {
  /**
   * How many rows of out are made.
   *
   * @default all
   */
  readonly rowCount?: number | undefined;
}

/** The gathers over a memory, run by a team. */
export function gathers({ address }: KernelMemory, team: Team): Gathers {
  return {
    gatherSum(out, rows, source, { accumulate = false, rowCount = out.rows } = {}) {
      check(
        out.columns === source.columns,
        "gatherSum",
        `out ${shape(out)} and source ${shape(source)} must have as many columns`,
      );
      check(rowCount <= out.rows, "gatherSum", `${rowCount} rows do not fit in out ${shape(out)}`);
      checkSparse("gatherSum", rows, rowCount);
      team.run("gatherSum", rowCount, 4, [
        address(out.values),
        out.columns,
        address(rows.offsets),
        address(rows.indices),
        address(rows.weights),
        rows.indices.length,
        address(source.values),
        source.rows,
        Number(accumulate),
      ]);
    },
    rowDots(out, rows, a, b) {
      check(
        a.columns === b.columns,
        "rowDots",
        `a ${shape(a)} and b ${shape(b)} must have as many columns`,
      );
      check(
        out.length >= rows.indices.length,
        "rowDots",
        `${rows.indices.length} entries do not fit in out of ${out.length}`,
      );
      checkMultipleOfFour("rowDots", a);
      checkSparse("rowDots", rows, a.rows);
      team.run("rowDots", a.rows, 4, [
        address(out),
        a.columns,
        address(rows.offsets),
        address(rows.indices),
        rows.indices.length,
        address(a.values),
        address(b.values),
        b.rows,
      ]);
    },
  };
}
