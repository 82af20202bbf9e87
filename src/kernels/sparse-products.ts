import type { Matrix, SparseRows } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, checkSparse } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Products of two sparse matrices. */
export interface SparseProducts {
  /**
   * out = A · B, dense: `out[r, :] = Σ_p a.weights[p] · B[a.indices[p], :]` over the entries p of row r of A.
   *
   * A (R, S), B (S, N), out (R, N). Without weights on either side the result counts: it is exact up to 2²⁴.
   */
  multiplySparse(out: Matrix, a: SparseRows, b: SparseRows): void;
}

/** The products over a memory, run by a team. */
export function sparseProducts({ address }: KernelMemory, team: Team): SparseProducts {
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
        bRows,
        address(b.offsets),
        address(b.indices),
        address(b.weights),
        b.indices.length,
      ]);
    },
  };
}
