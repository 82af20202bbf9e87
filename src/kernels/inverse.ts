import type { Matrix } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import type { Products } from "./products.ts";
import { check, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Inverses of dense matrices. */
export interface Inverses {
  /**
   * a ← a⁻¹ in place, for a symmetric positive definite a (N, N); its lower half is read, both halves are written.
   *
   * The symmetric sweep, 256 rows at a time: with P = A_KK⁻¹, for the block K and all other blocks I and J,
   *
   * ```
   * A_IJ −= A_IK · P · A_KJ      A_IK ← A_IK · P      A_KK ← −P
   * ```
   *
   * which after the last block has made −A⁻¹. Only lower halves are computed: N³ operations, nearly all in products.
   *
   * Source: Goodnight, "A tutorial on the SWEEP operator", The American Statistician 33(3), 1979.
   *
   * @throws RangeError if a is not positive definite
   */
  invert(a: Matrix): void;
}

/** Rows swept at once: the depth of the products. */
const SWEEP = 256;
/** Rows of a block, as in `assembly/symmetric.ts`. */
const BLOCK = 64;
const TILE_COLUMNS = 16;

/** The inverse over a memory, run by a team. */
export function inverses(memory: KernelMemory, team: Team, products: Products): Inverses {
  const { address } = memory;
  return {
    invert(a) {
      const size = a.rows;
      check(size === a.columns, "invert", `a matrix of as many rows as columns, got ${shape(a)}`);
      const mark = memory.mark();
      const room = {
        strip: memory.matrix(size, Math.min(SWEEP, size)).values,
        product: memory.matrix(size, Math.min(SWEEP, size)).values,
        pivot: memory.matrix(Math.min(SWEEP, size), Math.min(SWEEP, size)).values,
      };
      const blocks = Math.ceil(size / BLOCK);
      const panels = Math.ceil(size / TILE_COLUMNS);
      for (let start = 0; start < size; start += SWEEP) {
        const depth = Math.min(SWEEP, size - start);
        const matrixOf = (values: Float32Array, rows: number): Matrix => ({
          rows,
          columns: depth,
          values: values.subarray(0, rows * depth),
        });
        const strip = matrixOf(room.strip, size);
        const product = matrixOf(room.product, size);
        const negated = matrixOf(room.pivot, depth);
        readStrip(a, start, strip);
        negateInverse(a, start, negated);
        products.multiply(product, strip, negated);
        memory.lend(panels * TILE_COLUMNS * depth * 4, (packed) => {
          const of = [packed, address(strip.values), size, depth];
          team.run("packTransposed", size, 64, of);
          const lower = [address(a.values), size, address(product.values), depth, packed];
          team.run("addProductLower", blocks, 1, lower);
        });
        writeStrip(a, start, product, negated);
      }
      for (let i = 0; i < size; i++) {
        for (let at = i * size; at <= i * size + i; at++) a.values[at] = -a.values[at]!;
      }
      team.run("mirrorLower", blocks, 1, [address(a.values), size]);
      memory.reset(mark);
    },
  };
}

/** strip (N, D) ← the columns of a from `start` on, D of them; its own rows there are 0. */
function readStrip(a: Matrix, start: number, { columns: depth, values: strip }: Matrix): void {
  const size = a.rows;
  for (let d = 0; d < depth; d++) {
    const row = (start + d) * size;
    for (let i = 0; i < start; i++) strip[i * depth + d] = a.values[row + i]!;
  }
  strip.fill(0, start * depth, (start + depth) * depth);
  for (let i = start + depth; i < size; i++) {
    const from = i * size + start;
    strip.set(a.values.subarray(from, from + depth), i * depth);
  }
}

/** The swept strip and pivot back into the lower half of a, both negated. */
function writeStrip(a: Matrix, start: number, product: Matrix, pivot: Matrix): void {
  const size = a.rows;
  const depth = product.columns;
  for (let d = 0; d < depth; d++) {
    const row = (start + d) * size;
    for (let i = 0; i < start; i++) a.values[row + i] = -product.values[i * depth + d]!;
    for (let e = 0; e <= d; e++) a.values[row + start + e] = pivot.values[d * depth + e]!;
  }
  for (let i = start + depth; i < size; i++) {
    const to = i * size + start;
    for (let d = 0; d < depth; d++) a.values[to + d] = -product.values[i * depth + d]!;
  }
}

/** out ← −A_KK⁻¹ for the block K of `out.rows` rows from `start` on, swept in double precision. */
function negateInverse(a: Matrix, start: number, out: Matrix): void {
  const n = out.rows;
  const block = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = a.values[(start + i) * a.columns + start + j]!;
      block[i * n + j] = value;
      block[j * n + i] = value;
    }
  }
  for (let k = 0; k < n; k++) sweep(block, n, k, start);
  out.values.set(block);
}

function sweep(block: Float64Array, n: number, k: number, start: number): void {
  const pivot = block[k * n + k]!;
  check(pivot > 0, "invert", `the matrix is not positive definite: pivot ${start + k} is ${pivot}`);
  const row = block.slice(k * n, (k + 1) * n);
  for (let i = 0; i < n; i++) {
    if (i === k) continue;
    const factor = row[i]! / pivot;
    const to = block.subarray(i * n, (i + 1) * n);
    for (let j = 0; j < n; j++) to[j]! -= factor * row[j]!;
    to[k] = factor;
    block[k * n + i] = factor;
  }
  block[k * n + k] = -1 / pivot;
}
