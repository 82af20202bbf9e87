import { TILE_COLUMNS } from "./tile";

/**
 * A panel holds 16 columns of a matrix, row after row, zeros where the matrix has ended, so that a tile
 * reads it from one end to the other.
 */

/** panel[d, j] = b[d, j] for the rows d of b and its next `columns` ≤ 16 columns; stride in bytes. */
export function packPanel(panel: usize, b: usize, stride: u32, depth: u32, columns: u32): void {
  if (columns >= TILE_COLUMNS) {
    for (let d: u32 = 0; d < depth; d++) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      v128.store(panel, v128.load(b, 32), 32);
      v128.store(panel, v128.load(b, 48), 48);
      panel += 64;
      b += stride;
    }
    return;
  }
  for (let d: u32 = 0; d < depth; d++) {
    for (let j: u32 = 0; j < TILE_COLUMNS; j++) {
      store<f32>(panel + (j << 2), j < columns ? load<f32>(b + (j << 2)) : 0);
    }
    panel += 64;
    b += stride;
  }
}

/** panel[d, j] = b[j, d] for the next `rows` ≤ 16 rows j of b and `depth` of its columns d; stride in bytes. */
export function packPanelTransposed(panel: usize, b: usize, stride: u32, depth: u32, rows: u32): void {
  let d: u32 = 0;
  if (rows >= TILE_COLUMNS) {
    for (; d + 4 <= depth; d += 4) {
      for (let j: u32 = 0; j < TILE_COLUMNS; j += 4) {
        transposeFour(b + (d << 2) + stride * j, stride, panel + (d << 6) + (j << 2), 64);
      }
    }
  }
  for (; d < depth; d++) {
    for (let j: u32 = 0; j < TILE_COLUMNS; j++) {
      store<f32>(panel + (d << 6) + (j << 2), j < rows ? load<f32>(b + j * stride + (d << 2)) : 0);
    }
  }
}

/** out[j, d] = a[d, j] for `rows` rows d and `columns` columns j of a; strides in bytes. */
export function transpose(out: usize, outStride: u32, a: usize, stride: u32, rows: u32, columns: u32): void {
  let d: u32 = 0;
  for (; d + 4 <= rows; d += 4) {
    const a_d = a + d * stride;
    const out_d = out + (d << 2);
    let j: u32 = 0;
    for (; j + 4 <= columns; j += 4) transposeFour(a_d + (j << 2), stride, out_d + j * outStride, outStride);
    for (; j < columns; j++) {
      for (let i: u32 = 0; i < 4; i++) {
        store<f32>(out_d + j * outStride + (i << 2), load<f32>(a_d + i * stride + (j << 2)));
      }
    }
  }
  for (; d < rows; d++) {
    for (let j: u32 = 0; j < columns; j++) {
      store<f32>(out + j * outStride + (d << 2), load<f32>(a + d * stride + (j << 2)));
    }
  }
}

/** Four rows of four floats, turned. */
// @ts-ignore: decorator
@inline
function transposeFour(a: usize, stride: u32, out: usize, outStride: u32): void {
  const r0 = v128.load(a);
  const r1 = v128.load(a + stride);
  const r2 = v128.load(a + stride * 2);
  const r3 = v128.load(a + stride * 3);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(out + outStride, v128.shuffle<f64>(low01, low23, 1, 3));
  v128.store(out + outStride * 2, v128.shuffle<f64>(high01, high23, 0, 2));
  v128.store(out + outStride * 3, v128.shuffle<f64>(high01, high23, 1, 3));
}
