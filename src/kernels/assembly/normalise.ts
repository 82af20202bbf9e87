import { dot } from "./lanes";

/**
 * out[r, :] = input[r, :] / ‖input[r, :]‖ and inverseNorms[r] = 1 / ‖input[r, :]‖.
 *
 * Both (R, D), D a multiple of 4; out may be input. A row of zeros stays one, its inverse norm is 0.
 * The squares are summed in double precision: those of small numbers would vanish in single.
 */
export function normaliseRows(
  first: u32,
  last: u32,
  out: usize,
  inverseNorms: usize,
  input: usize,
  columns: u32,
): void {
  const rowBytes = columns << 2;
  for (let r = first; r < last; r++) {
    const out_r = out + r * rowBytes;
    const input_r = input + r * rowBytes;
    const squares = squaredNorm(input_r, rowBytes);
    const inverse: f32 = squares > 0 ? <f32>(1 / Math.sqrt(squares)) : 0;
    store<f32>(inverseNorms + (r << 2), inverse);
    const scale = f32x4.splat(inverse);
    let i: u32 = 0;
    for (; i + 32 <= rowBytes; i += 32) {
      const left = f32x4.mul(scale, v128.load(input_r + i));
      const right = f32x4.mul(scale, v128.load(input_r + i, 16));
      v128.store(out_r + i, left);
      v128.store(out_r + i, right, 16);
    }
    if (i < rowBytes) v128.store(out_r + i, f32x4.mul(scale, v128.load(input_r + i)));
  }
}

/**
 * dInput[r, :] = (dOut − out · (out · dOut)) · inverseNorms[r], for the out and the inverse norms of
 * {@link normaliseRows}. All (R, D); dInput may be dOut.
 */
export function normaliseRowsBackward(
  first: u32,
  last: u32,
  dInput: usize,
  dOut: usize,
  out: usize,
  inverseNorms: usize,
  columns: u32,
): void {
  const rowBytes = columns << 2;
  for (let r = first; r < last; r++) {
    const dInput_r = dInput + r * rowBytes;
    const dOut_r = dOut + r * rowBytes;
    const out_r = out + r * rowBytes;
    const along = f32x4.splat(dot(out_r, dOut_r, columns));
    const scale = v128.load_splat<f32>(inverseNorms + (r << 2));
    let i: u32 = 0;
    for (; i + 32 <= rowBytes; i += 32) {
      const left = f32x4.sub(v128.load(dOut_r + i), f32x4.mul(along, v128.load(out_r + i)));
      const right = f32x4.sub(v128.load(dOut_r + i, 16), f32x4.mul(along, v128.load(out_r + i, 16)));
      v128.store(dInput_r + i, f32x4.mul(scale, left));
      v128.store(dInput_r + i, f32x4.mul(scale, right), 16);
    }
    if (i < rowBytes) {
      const across = f32x4.sub(v128.load(dOut_r + i), f32x4.mul(along, v128.load(out_r + i)));
      v128.store(dInput_r + i, f32x4.mul(scale, across));
    }
  }
}

function squaredNorm(row: usize, rowBytes: u32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  for (let i: u32 = 0; i < rowBytes; i += 16) {
    const x = v128.load(row + i);
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 0));
    s0 = f64x2.add(s0, f64x2.mul(low, low));
    s1 = f64x2.add(s1, f64x2.mul(high, high));
  }
  const sum = f64x2.add(s0, s1);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
