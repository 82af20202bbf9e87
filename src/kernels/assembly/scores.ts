import { exp1, exp4 } from "./exp";
import { sumLanes } from "./lanes";

/** out[i] = exp(input[i]), i from first to last. out may be input. */
export function exp(first: u32, last: u32, out: usize, input: usize): void {
  let i = first;
  for (; i + 4 <= last; i += 4) v128.store(out + (i << 2), exp4(v128.load(input + (i << 2))));
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
  const fours = (columns & ~3) << 2;
  const end = columns << 2;
  for (let r = first; r < last; r++) {
    const scores_r = scores + r * end;
    let j: u32 = 0;
    for (; j < fours; j += 16) {
      const scaled = f32x4.mul(v128.load(scores_r + j), f32x4.splat(scale));
      v128.store(scores_r + j, f32x4.add(scaled, v128.load(bias + j)));
    }
    for (; j < end; j += 4) {
      store<f32>(scores_r + j, load<f32>(scores_r + j) * scale + load<f32>(bias + j));
    }
  }
}

/** out[r] = log Σ_j exp(scores[r, j]); −∞ for a row that is empty or all −∞. scores is (R, N), out (R). */
export function logSumExpRows(first: u32, last: u32, out: usize, scores: usize, columns: u32): void {
  for (let r = first; r < last; r++) {
    const scores_r = scores + ((r * columns) << 2);
    const top = maximum(scores_r, columns);
    // An infinite top is left to the sum, which then is 0 or ∞; so is a NaN.
    const shift: f32 = top > -Infinity && top < Infinity ? top : 0;
    const sum = sumOfExponentials(scores_r, columns, shift);
    store<f32>(out + (r << 2), <f32>(<f64>shift + Math.log(sum)));
  }
}

/** The largest of `length` floats that is not NaN, −∞ if there is none. */
function maximum(row: usize, length: u32): f32 {
  const fours = (length & ~3) << 2;
  let tops = f32x4.splat(-Infinity);
  let i: u32 = 0;
  for (; i < fours; i += 16) tops = f32x4.pmax(tops, v128.load(row + i));
  let top: f32 = -Infinity;
  top = larger(top, f32x4.extract_lane(tops, 0));
  top = larger(top, f32x4.extract_lane(tops, 1));
  top = larger(top, f32x4.extract_lane(tops, 2));
  top = larger(top, f32x4.extract_lane(tops, 3));
  for (; i < length << 2; i += 4) top = larger(top, load<f32>(row + i));
  return top;
}

function larger(a: f32, b: f32): f32 {
  return b > a ? b : a;
}

function sumOfExponentials(row: usize, length: u32, shift: f32): f64 {
  const fours = (length & ~3) << 2;
  let sums = f32x4.splat(0);
  let i: u32 = 0;
  for (; i < fours; i += 16)
    sums = f32x4.add(sums, exp4(f32x4.sub(v128.load(row + i), f32x4.splat(shift))));
  let sum: f64 = sumLanes(sums);
  for (; i < length << 2; i += 4) sum += exp1(load<f32>(row + i) - shift);
  return sum;
}
