import type { Kernels, Matrix } from "../../kernels/index.ts";

/**
 * Has `fill` write the (rows, columns) scores of a block where they belong, or, where that is outside the kernels' memory,
 * into room there that is copied. What `fill` allocates is freed.
 */
export function scoreBlock(
  kernels: Kernels,
  scores: Float32Array,
  rows: number,
  columns: number,
  fill: (out: Matrix) => void,
): void {
  const mark = kernels.mark();
  if (scores.buffer instanceof SharedArrayBuffer) {
    fill({ rows, columns, values: scores.subarray(0, rows * columns) });
  } else {
    const out = kernels.matrix(rows, columns);
    fill(out);
    scores.set(out.values);
  }
  kernels.reset(mark);
}
