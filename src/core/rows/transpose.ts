import type { Scratch } from "./scratch.ts";

/** The pattern of a sparse matrix, row by row: row r holds the columns indices[offsets[r] … offsets[r+1]). */
export interface Pattern {
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
}

/** A transposed pattern; `entries[p]` is the place of entry p in the original, to carry weights over. */
export interface TransposedPattern extends Pattern {
  readonly entries: Uint32Array;
}

/**
 * Transposes by counting sort, so that a gradient is gathered per item instead of scattered per row:
 * every sum then has one fixed order, whatever thread adds it up.
 */
export function transpose(
  { offsets, indices }: Pattern,
  columns: number,
  scratch: Scratch,
  name: string,
): TransposedPattern {
  const rows = offsets.length - 1;
  const transposed = {
    offsets: scratch.uint32(`${name}.offsets`, columns + 1).fill(0),
    indices: scratch.uint32(`${name}.indices`, indices.length),
    entries: scratch.uint32(`${name}.entries`, indices.length),
  };
  const end = transposed.offsets;
  for (const column of indices) end[column + 1]!++;
  for (let c = 0; c < columns; c++) end[c + 1]! += end[c]!;
  const next = end.slice();
  for (let r = 0; r < rows; r++) {
    for (let p = offsets[r]!; p < offsets[r + 1]!; p++) {
      const place = next[indices[p]!]!++;
      transposed.indices[place] = r;
      transposed.entries[place] = p;
    }
  }
  return transposed;
}

/** `weights` in the order of the transposed entries. */
export function transposeWeights(
  weights: Float32Array,
  { entries }: TransposedPattern,
  scratch: Scratch,
  name: string,
): Float32Array {
  const out = scratch.float32(name, entries.length);
  for (let p = 0; p < entries.length; p++) out[p] = weights[entries[p]!]!;
  return out;
}
