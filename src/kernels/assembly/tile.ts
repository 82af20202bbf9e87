/** A tile of the result: 4 rows by 8 columns, eight accumulators that stay in registers. */
export const TILE_ROWS: u32 = 4;
export const TILE_COLUMNS: u32 = 8;

/**
 * out[i, j] (+)= Σ_d a[i, d] · panel[d, j] for up to 4 rows i and 8 columns j.
 *
 * a has `rows` rows of which row i starts at a + i·aStride; panel is (depth, 8), packed; out's row i starts at
 * out + i·outStride. Strides are in bytes. Each element is one sum in the order of d, added to out at the end.
 * corner is room for a whole tile.
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
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let b0: v128;
  let b1: v128;
  let x: v128;
  let left = depth;
  // Two terms a round, parted by a jump: without it the compiler gathers the terms of each accumulator, and
  // the sixteen registers no longer suffice.
  while (left > 0) {
    b0 = v128.load(panel);
    b1 = v128.load(panel, 16);
    x = v128.load_splat<f32>(a0);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    if (left == 1) break;
    b0 = v128.load(panel, 32);
    b1 = v128.load(panel, 48);
    x = v128.load_splat<f32>(a0, 4);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a1, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a2, 4);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a3, 4);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    panel += 64;
    a0 += 8;
    a1 += 8;
    a2 += 8;
    a3 += 8;
    left -= 2;
  }
  const whole = rows == TILE_ROWS && columns == TILE_COLUMNS;
  const to = whole ? out : corner;
  const toStride = whole ? outStride : TILE_COLUMNS << 2;
  const add = accumulate && whole;
  put(to, c00, c01, add);
  put(to + toStride, c10, c11, add);
  put(to + toStride * 2, c20, c21, add);
  put(to + toStride * 3, c30, c31, add);
  if (!whole) copyCorner(corner, rows, columns, out, outStride, accumulate);
}

// @ts-ignore: decorator
@inline
function put(out: usize, left: v128, right: v128, accumulate: bool): void {
  if (accumulate) {
    left = f32x4.add(v128.load(out), left);
    right = f32x4.add(v128.load(out, 16), right);
  }
  v128.store(out, left);
  v128.store(out, right, 16);
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
