import { exp1, exp4 } from "./exp";

/** out[i] = exp(input[i]), i from first to last. out may be input. */
export function exp(first: u32, last: u32, out: usize, input: usize): void {
  let i = first;
  for (; i + 8 <= last; i += 8) {
    const at = i << 2;
    const left = exp4(v128.load(input + at));
    const right = exp4(v128.load(input + at, 16));
    v128.store(out + at, left);
    v128.store(out + at, right, 16);
  }
  for (; i < last; i++) store<f32>(out + (i << 2), exp1(load<f32>(input + (i << 2))));
}

/** scores[r, j] = scores[r, j] · scale + bias[j]; scores is (R, N), bias (N). */
export function addRow(
  first: u32,
  last: u32,
  scores: usize,
  columns: u32,
  bias: usize,
  scale: f32,
): void {
  const stride = columns << 2;
  for (let r = first; r < last; r++) scaleAndAdd(scores + r * stride, columns, bias, scale);
}

/** row[j] = row[j] · scale + bias[j] for `length` numbers. */
export function scaleAndAdd(row: usize, length: u32, bias: usize, scale: f32): void {
  const scales = f32x4.splat(scale);
  const eights = (length & ~7) << 2;
  let j: u32 = 0;
  for (; j < eights; j += 32) {
    const left = f32x4.add(f32x4.mul(v128.load(row + j), scales), v128.load(bias + j));
    const right = f32x4.add(f32x4.mul(v128.load(row + j, 16), scales), v128.load(bias + j, 16));
    v128.store(row + j, left);
    v128.store(row + j, right, 16);
  }
  for (; j < length << 2; j += 4) store<f32>(row + j, load<f32>(row + j) * scale + load<f32>(bias + j));
}
