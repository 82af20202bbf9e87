import type { Matrix } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Products of dense matrices, in tiles of 5 × 16 that stay in registers. Any shape; out must be no operand. */
export interface Products {
  /** out = a · bᵀ: a (R, D), b (N, D), out (R, N). */
  multiplyTransposed(out: Matrix, a: Matrix, b: Matrix): void;
  /** Room for a matrix (rows, columns) of zeros to be packed. */
  packedMatrix(rows: number, columns: number): PackedMatrix;
  /**
   * Lays out b's rows as out's from `firstRow` on, a multiple of 16, for many products a · outᵀ. Unless they end out, b
   * has a multiple of 16 rows.
   */
  pack(out: PackedMatrix, b: Matrix, firstRow?: number): void;
  /** out = a · bᵀ: a (R, D), b (N, D), out (R, N). The bytes of multiplyTransposed. */
  multiplyPacked(out: Matrix, a: Matrix, b: PackedMatrix): void;
  /** out (+)= a · b: a (R, N), b (N, D), out (R, D). */
  multiply(out: Matrix, a: Matrix, b: Matrix, options?: AccumulateOptions): void;
  /** out (+)= aᵀ · b: a (R, N), b (R, D), out (N, D). */
  multiplyLeftTransposed(out: Matrix, a: Matrix, b: Matrix, options?: AccumulateOptions): void;
}

/** A matrix (rows, columns) as {@link Products.pack} lays it out. */
export interface PackedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Its rows in panels of 16, each turned: (⌈rows / 16⌉, columns, 16). */
  readonly panels: Float32Array;
}

/** Whether a result replaces what stands in out or is added to it. */
export interface AccumulateOptions {
  /** @default false, out is replaced */
  readonly accumulate?: boolean | undefined;
}

/** Columns of a tile and of a panel. */
const TILE_COLUMNS = 16;

/** The products over a memory, run by a team. */
export function products(memory: KernelMemory, team: Team): Products {
  const { address } = memory;

  /** Runs a product with b packed into panels. */
  const withPacked = (b: Matrix, product: (packed: number) => void): void => {
    const padded = Math.ceil(b.columns / TILE_COLUMNS) * TILE_COLUMNS;
    memory.lend(b.rows * padded * 4, (packed) => {
      team.run("packRows", b.rows, 32, [packed, address(b.values), b.rows, b.columns]);
      product(packed);
    });
  };

  return {
    multiplyTransposed(out, a, b) {
      check(
        a.columns === b.columns && out.rows === a.rows && out.columns === b.rows,
        "multiplyTransposed",
        `(R, N) = (R, D) · (N, D)ᵀ, got ${shape(out)} = ${shape(a)} · ${shape(b)}ᵀ`,
      );
      team.run("multiplyTransposed", out.columns, 32, [
        address(out.values),
        address(a.values),
        a.rows,
        address(b.values),
        b.rows,
        a.columns,
      ]);
    },
    packedMatrix(rows, columns) {
      const padded = Math.ceil(rows / TILE_COLUMNS) * TILE_COLUMNS;
      return { rows, columns, panels: memory.float32(padded * columns) };
    },
    pack(out, b, firstRow = 0) {
      const end = firstRow + b.rows;
      check(
        b.columns === out.columns && end <= out.rows,
        "pack",
        `${shape(b)} does not fit in ${shape(out)} from row ${firstRow} on`,
      );
      check(
        firstRow % TILE_COLUMNS === 0 && (end % TILE_COLUMNS === 0 || end === out.rows),
        "pack",
        `rows ${firstRow} to ${end} are no whole panels of ${TILE_COLUMNS}`,
      );
      team.run("packTransposed", b.rows, 64, [
        address(out.panels.subarray(firstRow * b.columns)),
        address(b.values),
        b.rows,
        b.columns,
      ]);
    },
    multiplyPacked(out, a, b) {
      check(
        a.columns === b.columns && out.rows === a.rows && out.columns === b.rows,
        "multiplyPacked",
        `(R, N) = (R, D) · (N, D)ᵀ, got ${shape(out)} = ${shape(a)} · ${shape(b)}ᵀ`,
      );
      team.run("multiplyPacked", out.columns, 256, [
        address(out.values),
        address(a.values),
        a.rows,
        address(b.panels),
        b.rows,
        a.columns,
      ]);
    },
    multiply(out, a, b, { accumulate = false } = {}) {
      check(
        a.columns === b.rows && out.rows === a.rows && out.columns === b.columns,
        "multiply",
        `(R, D) = (R, N) · (N, D), got ${shape(out)} = ${shape(a)} · ${shape(b)}`,
      );
      withPacked(b, (packed) => {
        team.run("multiply", out.rows, 5, [
          address(out.values),
          address(a.values),
          a.columns,
          packed,
          b.columns,
          Number(accumulate),
        ]);
      });
    },
    multiplyLeftTransposed(out, a, b, { accumulate = false } = {}) {
      check(
        a.rows === b.rows && out.rows === a.columns && out.columns === b.columns,
        "multiplyLeftTransposed",
        `(N, D) = (R, N)ᵀ · (R, D), got ${shape(out)} = ${shape(a)}ᵀ · ${shape(b)}`,
      );
      withPacked(b, (packed) => {
        team.run("multiplyLeftTransposed", out.rows, 20, [
          address(out.values),
          out.rows,
          address(a.values),
          a.rows,
          packed,
          b.columns,
          Number(accumulate),
        ]);
      });
    },
  };
}
