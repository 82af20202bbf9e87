import { packPanel, packPanelTransposed, transpose } from "./pack";
import { scratch } from "./scratch";
import { tile, TILE_COLUMNS, TILE_ROWS } from "./tile";

/** A sum is made in pieces of so many terms, so that four panels' pieces (128 KiB) stay in the second-level cache. */
const DEPTH: u32 = 512;
/** So many columns of the transposed product, or rows of the others, are made while their panels are near. */
const COLUMN_BLOCK: u32 = 64;
const ROW_BLOCK: u32 = 60;
/**
 * So many columns of a product with a packed matrix: its panels (128 KiB) stay in the second-level cache, and a row of
 * out, which may be far from the next, is written 1 KiB at a time.
 */
const PACKED_BLOCK: u32 = 256;

/** The thread's scratch: a block of panels or of turned rows (128 KiB), then the corner of a tile. */
const CORNER: u32 = (COLUMN_BLOCK * DEPTH) << 2;

/**
 * out = a · bᵀ: a is (R, D), b (N, D), out (R, N). Makes the *columns* first to last of out,
 * so that a thread packs only its own rows of b.
 */
export function multiplyTransposed(
  first: u32,
  last: u32,
  out: usize,
  a: usize,
  rows: u32,
  b: usize,
  columns: u32,
  depth: u32,
): void {
  const stride = depth << 2;
  const outStride = columns << 2;
  for (let n = first; n < last; n += COLUMN_BLOCK) {
    const width = min(COLUMN_BLOCK, last - n);
    for (let d: u32 = 0; d == 0 || d < depth; d += DEPTH) {
      const piece = min(DEPTH, depth - d);
      const panelBytes = piece << 6;
      for (let j: u32 = 0; j < width; j += TILE_COLUMNS) {
        packPanelTransposed(scratch + (j >> 4) * panelBytes, b + (n + j) * stride + (d << 2), stride, piece, width - j);
      }
      tiles(a + (d << 2), stride, rows, scratch, panelBytes, piece, out + (n << 2), outStride, width, d > 0);
    }
  }
}

/** packed ← b (N, D) for {@link multiplyPacked}: ⌈N / 16⌉ panels (D, 16). Makes the panels of the rows first to last. */
export function packTransposed(first: u32, last: u32, packed: usize, b: usize, rows: u32, depth: u32): void {
  const stride = depth << 2;
  for (let n = first; n < last; n += TILE_COLUMNS) {
    packPanelTransposed(packed + n * stride, b + n * stride, stride, depth, rows - n);
  }
}

/**
 * out = a · bᵀ: a is (R, D), b (N, D) as packed by {@link packTransposed}, out (R, N). Makes the columns first to last of
 * out, first a multiple of 16.
 */
export function multiplyPacked(
  first: u32,
  last: u32,
  out: usize,
  a: usize,
  rows: u32,
  packed: usize,
  columns: u32,
  depth: u32,
): void {
  const stride = depth << 2;
  const outStride = columns << 2;
  for (let n = first; n < last; n += PACKED_BLOCK) {
    const width = min(PACKED_BLOCK, last - n);
    const out_n = out + (n << 2);
    for (let d: u32 = 0; d == 0 || d < depth; d += DEPTH) {
      const panels = packed + n * stride + (d << 6);
      tiles(a + (d << 2), stride, rows, panels, stride << 4, min(DEPTH, depth - d), out_n, outStride, width, d > 0);
    }
  }
}

/**
 * packed ← b (N, D) in panels, for {@link multiply} and {@link multiplyLeftTransposed}: the rows of b in groups of
 * 512, in each group ⌈D / 16⌉ panels one after the other. Packs the rows first to last.
 */
export function packRows(first: u32, last: u32, packed: usize, b: usize, rows: u32, columns: u32): void {
  const stride = columns << 2;
  for (let n = first; n < last; ) {
    const group = n - (n % DEPTH);
    const depth = min(DEPTH, rows - group);
    const count = min(min(32, last - n), group + depth - n);
    for (let j: u32 = 0; j < columns; j += TILE_COLUMNS) {
      const panel = packed + group * paddedBytes(columns) + (j >> 4) * (depth << 6);
      packPanel(panel + ((n - group) << 6), b + n * stride + (j << 2), stride, count, columns - j);
    }
    n += count;
  }
}

/** out (+)= a · b: a is (R, N), b (N, D) as packed by {@link packRows}, out (R, D). Makes the rows first to last. */
export function multiply(
  first: u32,
  last: u32,
  out: usize,
  a: usize,
  depth: u32,
  packed: usize,
  columns: u32,
  accumulate: u32,
): void {
  const stride = depth << 2;
  const outStride = columns << 2;
  for (let r = first; r < last; r += ROW_BLOCK) {
    const count = min(ROW_BLOCK, last - r);
    for (let d: u32 = 0; d == 0 || d < depth; d += DEPTH) {
      const piece = min(DEPTH, depth - d);
      const panels = packed + d * paddedBytes(columns);
      tiles(a + r * stride + (d << 2), stride, count, panels, piece << 6, piece, out + r * outStride, outStride, columns, d > 0 || accumulate != 0);
    }
  }
}

/**
 * out (+)= aᵀ · b: a is (R, N), b (R, D) as packed by {@link packRows}, out (N, D). Makes the rows first to last
 * of out; their columns of a are turned into rows first.
 */
export function multiplyLeftTransposed(
  first: u32,
  last: u32,
  out: usize,
  outRows: u32,
  a: usize,
  depth: u32,
  packed: usize,
  columns: u32,
  accumulate: u32,
): void {
  const outStride = columns << 2;
  const aStride = outRows << 2;
  for (let n = first; n < last; n += ROW_BLOCK) {
    const count = min(ROW_BLOCK, last - n);
    for (let d: u32 = 0; d == 0 || d < depth; d += DEPTH) {
      const piece = min(DEPTH, depth - d);
      // A little more than the row: rows at a power of two from one another compete for the same places in the cache.
      const turnedStride = (piece << 2) + 64;
      transpose(scratch, turnedStride, a + d * aStride + (n << 2), aStride, piece, count);
      const panels = packed + d * paddedBytes(columns);
      tiles(scratch, turnedStride, count, panels, piece << 6, piece, out + n * outStride, outStride, columns, d > 0 || accumulate != 0);
    }
  }
}

/** The tiles of a block, five rows after the other: a row of out is written from left to right. */
function tiles(
  a: usize,
  aStride: u32,
  rows: u32,
  panels: usize,
  panelBytes: u32,
  depth: u32,
  out: usize,
  outStride: u32,
  columns: u32,
  accumulate: bool,
): void {
  for (let i: u32 = 0; i < rows; i += TILE_ROWS) {
    const a_i = a + i * aStride;
    const out_i = out + i * outStride;
    const height = min(TILE_ROWS, rows - i);
    let panel = panels;
    for (let j: u32 = 0; j < columns; j += TILE_COLUMNS) {
      tile(
        a_i,
        aStride,
        height,
        panel,
        depth,
        out_i + (j << 2),
        outStride,
        min(TILE_COLUMNS, columns - j),
        accumulate,
        scratch + CORNER,
      );
      panel += panelBytes;
    }
  }
}

/** The bytes of one row of the panels. */
// @ts-ignore: decorator
@inline
function paddedBytes(columns: u32): u32 {
  return ((columns + TILE_COLUMNS - 1) & ~(TILE_COLUMNS - 1)) << 2;
}
