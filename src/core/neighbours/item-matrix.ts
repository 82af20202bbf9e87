import type { Kernels, Matrix, SparseRows } from "../../kernels/index.ts";

/** What each item says about every other: row j holds, for the best items i, the evidence for i that j gives. */
export interface ItemMatrix extends SparseRows {
  readonly weights: Float32Array;
}

/** Items whose dense rows are made at a time. */
const BLOCK = 64;

/**
 * Makes an item matrix block by block, of every row only the largest entries, the row's own item left out.
 *
 * @param kernels - where the matrix lives
 * @param items - I
 * @param keep - entries of a row at most
 * @param fill - makes rows [first, first + block.rows) of the full matrix, (B, I)
 */
export function prunedItemMatrix(
  kernels: Kernels,
  items: number,
  keep: number,
  fill: (first: number, block: Matrix) => void,
): ItemMatrix {
  const offsets = new Uint32Array(items + 1);
  const indices = new Uint32Array(items * keep);
  const values = new Float32Array(items * keep);
  const mark = kernels.mark();
  const block = kernels.matrix(BLOCK, items);
  const own = {
    offsets: inKernels(
      kernels,
      Uint32Array.from({ length: BLOCK + 1 }, (_, r) => r),
    ),
    indices: kernels.uint32(BLOCK),
  };
  const top = {
    indices: kernels.uint32(BLOCK * keep),
    scores: kernels.float32(BLOCK * keep),
    counts: kernels.uint32(BLOCK),
  };
  let at = 0;
  for (let first = 0; first < items; first += BLOCK) {
    const rows = Math.min(BLOCK, items - first);
    const part = { rows, columns: items, values: block.values.subarray(0, rows * items) };
    fill(first, part);
    for (let r = 0; r < rows; r++) own.indices[r] = first + r;
    kernels.topK(part, keep, own, top.indices, top.scores, top.counts);
    for (let r = 0; r < rows; r++) {
      for (let p = r * keep; p < r * keep + top.counts[r]! && top.scores[p]! > 0; p++) {
        indices[at] = top.indices[p]!;
        values[at++] = top.scores[p]!;
      }
      offsets[first + r + 1] = at;
    }
  }
  kernels.reset(mark);
  return {
    offsets: inKernels(kernels, offsets),
    indices: inKernels(kernels, indices.subarray(0, at)),
    weights: inKernels(kernels, values.subarray(0, at)),
  };
}

/** A copy of the array in the kernels' memory. */
export function inKernels<Values extends Float32Array | Uint32Array>(
  kernels: Kernels,
  values: Values,
): Values {
  const copy =
    values instanceof Float32Array ? kernels.float32(values.length) : kernels.uint32(values.length);
  copy.set(values);
  return copy as Values;
}
