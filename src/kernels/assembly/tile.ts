/** A tile of the result: 5 rows by 16 columns, twenty accumulators. */
export const TILE_ROWS: u32 = 5;
export const TILE_COLUMNS: u32 = 16;

/**
 * out[i, j] (+)= Σ_d a[i, d] · panel[d, j] for up to 5 rows i and 16 columns j.
 *
 * a has `rows` rows of which row i starts at a + i·aStride; panel is (depth, 16), packed; out's row i starts at
 * out + i·outStride. Strides are in bytes. Each element is one sum in the order of d, added to out at the end.
 * corner is room for a whole tile.
 *
 * The engine joins neighbouring vectors in pairs (see wide-vectors.ts): ten accumulators of eight floats then stay
 * in registers. It starts from neighbouring stores, so each accumulator's fate must be that of its neighbour.
 */
export function tile(
  a: usize,
  aStride: u32,
  rows: u32,
  panel: usize,
  depth: u32,
  out: usize,
  outStride: u32,
  columns: u32,
  accumulate: bool,
  corner: usize,
): void {
  // A tile with fewer rows computes its last row several times and keeps it once.
  let a0 = a;
  let a1 = a + aStride * min(1, rows - 1);
  let a2 = a + aStride * min(2, rows - 1);
  let a3 = a + aStride * min(3, rows - 1);
  let a4 = a + aStride * min(4, rows - 1);
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c02 = c00;
  let c03 = c00;
  let c10 = c00;
  let c11 = c00;
  let c12 = c00;
  let c13 = c00;
  let c20 = c00;
  let c21 = c00;
  let c22 = c00;
  let c23 = c00;
  let c30 = c00;
  let c31 = c00;
  let c32 = c00;
  let c33 = c00;
  let c40 = c00;
  let c41 = c00;
  let c42 = c00;
  let c43 = c00;
  let b0: v128;
  let b1: v128;
  let b2: v128;
  let b3: v128;
  let x: v128;
  let left = depth;
  // Two terms a round, parted by a jump: without it the compiler gathers the terms of each accumulator, and
  // the sixteen registers no longer suffice.
  while (left > 0) {
    b0 = v128.load(panel);
    b1 = v128.load(panel, 16);
    b2 = v128.load(panel, 32);
    b3 = v128.load(panel, 48);
    x = v128.load_splat<f32>(a0);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    c02 = f32x4.add(c02, f32x4.mul(x, b2));
    c03 = f32x4.add(c03, f32x4.mul(x, b3));
    x = v128.load_splat<f32>(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    c12 = f32x4.add(c12, f32x4.mul(x, b2));
    c13 = f32x4.add(c13, f32x4.mul(x, b3));
    x = v128.load_splat<f32>(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    c22 = f32x4.add(c22, f32x4.mul(x, b2));
    c23 = f32x4.add(c23, f32x4.mul(x, b3));
    x = v128.load_splat<f32>(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    c32 = f32x4.add(c32, f32x4.mul(x, b2));
    c33 = f32x4.add(c33, f32x4.mul(x, b3));
    x = v128.load_splat<f32>(a4);
    c40 = f32x4.add(c40, f32x4.mul(x, b0));
    c41 = f32x4.add(c41, f32x4.mul(x, b1));
    c42 = f32x4.add(c42, f32x4.mul(x, b2));
    c43 = f32x4.add(c43, f32x4.mul(x, b3));
    if (left == 1) break;
    b0 = v128.load(panel, 64);
    b1 = v128.load(panel, 80);
    b2 = v128.load(panel, 96);
    b3 = v128.load(panel, 112);
    x = v128.load_splat<f32>(a0, 4);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    c02 = f32x4.add(c02, f32x4.mul(x, b2));
    c03 = f32x4.add(c03, f32x4.mul(x, b3));
    x = v128.load_splat<f32>(a1, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    c12 = f32x4.add(c12, f32x4.mul(x, b2));
    c13 = f32x4.add(c13, f32x4.mul(x, b3));
    x = v128.load_splat<f32>(a2, 4);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    c22 = f32x4.add(c22, f32x4.mul(x, b2));
    c23 = f32x4.add(c23, f32x4.mul(x, b3));
    x = v128.load_splat<f32>(a3, 4);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    c32 = f32x4.add(c32, f32x4.mul(x, b2));
    c33 = f32x4.add(c33, f32x4.mul(x, b3));
    x = v128.load_splat<f32>(a4, 4);
    c40 = f32x4.add(c40, f32x4.mul(x, b0));
    c41 = f32x4.add(c41, f32x4.mul(x, b1));
    c42 = f32x4.add(c42, f32x4.mul(x, b2));
    c43 = f32x4.add(c43, f32x4.mul(x, b3));
    panel += 128;
    a0 += 8;
    a1 += 8;
    a2 += 8;
    a3 += 8;
    a4 += 8;
    left -= 2;
  }
  const whole = rows == TILE_ROWS && columns == TILE_COLUMNS;
  const to = whole ? out : corner;
  const toStride = whole ? outStride : TILE_COLUMNS << 2;
  const add = accumulate && whole;
  put(to, c00, c01, c02, c03, add);
  put(to + toStride, c10, c11, c12, c13, add);
  put(to + toStride * 2, c20, c21, c22, c23, add);
  put(to + toStride * 3, c30, c31, c32, c33, add);
  put(to + toStride * 4, c40, c41, c42, c43, add);
  if (!whole) copyCorner(corner, rows, columns, out, outStride, accumulate);
}

// @ts-ignore: decorator
@inline
function put(out: usize, s0: v128, s1: v128, s2: v128, s3: v128, accumulate: bool): void {
  if (accumulate) {
    s0 = f32x4.add(v128.load(out), s0);
    s1 = f32x4.add(v128.load(out, 16), s1);
    s2 = f32x4.add(v128.load(out, 32), s2);
    s3 = f32x4.add(v128.load(out, 48), s3);
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

/** The part of a tile that lies inside the matrix. */
function copyCorner(
  corner: usize,
  rows: u32,
  columns: u32,
  out: usize,
  outStride: u32,
  accumulate: bool,
): void {
  for (let i: u32 = 0; i < rows; i++) {
    for (let j: u32 = 0; j < columns; j++) {
      const at = out + i * outStride + (j << 2);
      const sum = load<f32>(corner + ((i * TILE_COLUMNS + j) << 2));
      store<f32>(at, accumulate ? load<f32>(at) + sum : sum);
    }
  }
}
