import { transpose } from "./pack";
import { scratch } from "./scratch";
import { tile, TILE_COLUMNS, TILE_ROWS } from "./tile";

/**
 * Symmetric (N, N) matrices of which the lower half counts. They are cut into blocks of 64 rows and columns, and the rows
 * that a thread is given are numbers of such blocks, the longest ones first, so that none of them is left to the end.
 */
const BLOCK: u32 = 64;

/**
 * out += a · bᵀ in the lower half of out and in its blocks on the diagonal: out is (N, N), a (N, D), b as packed by
 * `packTransposed`. D is at most 256, so that the panels of a block of columns stay in the second-level cache.
 */
export function addProductLower(
  first: u32,
  last: u32,
  out: usize,
  rows: u32,
  a: usize,
  depth: u32,
  packed: usize,
): void {
  const stride = rows << 2;
  for (let number = first; number < last; number++) {
    const end = rows - number * BLOCK;
    const r = end - min(BLOCK, end);
    for (let c: u32 = 0; c < end; c += BLOCK) {
      const cEnd = min(end, c + BLOCK);
      for (let i = r; i < end; i += TILE_ROWS) {
        for (let j = c; j < cEnd; j += TILE_COLUMNS) {
          tile(
            a + i * (depth << 2),
            depth << 2,
            min(TILE_ROWS, end - i),
            packed + (j >> 4) * (depth << 6),
            depth,
            out + i * stride + (j << 2),
            stride,
            min(TILE_COLUMNS, rows - j),
            true,
            scratch,
          );
        }
      }
    }
  }
}

/** Writes the lower half of a into the upper, mirrored. a is (N, N). */
export function mirrorLower(first: u32, last: u32, a: usize, rows: u32): void {
  const stride = rows << 2;
  for (let number = first; number < last; number++) {
    const r = number * BLOCK;
    const end = min(rows, r + BLOCK);
    for (let i = r; i < end; i++) {
      for (let j = i + 1; j < end; j++) {
        store<f32>(a + i * stride + (j << 2), load<f32>(a + j * stride + (i << 2)));
      }
    }
    for (let c = end; c < rows; c += BLOCK) {
      transpose(a + r * stride + (c << 2), stride, a + c * stride + (r << 2), stride, min(BLOCK, rows - c), end - r);
    }
  }
}
