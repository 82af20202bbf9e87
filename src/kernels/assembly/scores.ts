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

/** out[r, j] = input[r, j] · scale + bias[j]; out and input are (R, N), bias (N). out may be input. */
export function addRow(
  first: u32,
  last: u32,
  out: usize,
  input: usize,
  columns: u32,
  bias: usize,
  scale: f32,
): void {
  const scales = f32x4.splat(scale);
  const eights = (columns & ~7) << 2;
  const end = columns << 2;
  for (let r = first; r < last; r++) {
    const out_r = out + r * end;
    const input_r = input + r * end;
    let j: u32 = 0;
    for (; j < eights; j += 32) {
      const left = f32x4.add(f32x4.mul(v128.load(input_r + j), scales), v128.load(bias + j));
      const right = f32x4.add(f32x4.mul(v128.load(input_r + j, 16), scales), v128.load(bias + j, 16));
      v128.store(out_r + j, left);
      v128.store(out_r + j, right, 16);
    }
    for (; j < end; j += 4) {
      store<f32>(out_r + j, load<f32>(input_r + j) * scale + load<f32>(bias + j));
    }
  }
}
