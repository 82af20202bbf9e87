import { readFileSync } from "node:fs";

import { type Kernels, type Matrix, openKernels, type Random } from "../../src/kernels/index.ts";

/** The compiled kernels; `npm run build` makes them. */
const wasm = readFileSync(new URL("../../build/kernels.wasm", import.meta.url));

export function open(threads = 1, memoryMiB?: number): Promise<Kernels> {
  return openKernels({ wasm, threads, memoryMiB });
}

/** Fills an array with normal numbers and returns it. */
export function fill(values: Float32Array, random: Random, scale = 1): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = scale * random.normal();
  return values;
}

export function randomMatrix(
  kernels: Kernels,
  rows: number,
  columns: number,
  random: Random,
): Matrix {
  const matrix = kernels.matrix(rows, columns);
  fill(matrix.values, random);
  return matrix;
}

/** R lists of about `mean` indices below `limit`, with weights. */
export function randomRows(
  kernels: Kernels,
  rows: number,
  mean: number,
  limit: number,
  random: Random,
) {
  const lengths = Array.from({ length: rows }, () => random.integer(2 * mean + 1));
  const offsets = kernels.uint32(rows + 1);
  lengths.forEach((length, r) => (offsets[r + 1] = offsets[r]! + length));
  const indices = kernels.uint32(offsets[rows]!);
  for (let p = 0; p < indices.length; p++) indices[p] = random.integer(limit);
  return { offsets, indices, weights: fill(kernels.float32(indices.length), random) };
}

/** A copy in the kernels' memory. */
export function copy(kernels: Kernels, matrix: Matrix): Matrix {
  const twin = kernels.matrix(matrix.rows, matrix.columns);
  twin.values.set(matrix.values);
  return twin;
}

/** The largest difference between two arrays, as a share of `scale`. */
export function largestError(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  scale = 1,
): number {
  let largest = got.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(got[i]! - expected[i]!) / scale;
    if (!(error <= largest)) largest = Number.isNaN(error) ? Infinity : error;
  }
  return largest;
}
