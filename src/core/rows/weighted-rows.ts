import type { SparseRows } from "../../kernels/index.ts";

/** Sparse rows whose every entry has a weight. */
export interface WeightedRows extends SparseRows {
  readonly weights: Float32Array;
}
