import { exp1, exp4 } from "./exp";
import { scratch } from "./scratch";

/** So many scores are read twice, for their maximum and for their sum, while they are in the first-level cache. */
const BLOCK: u32 = 2048;

/**
 * out[r] = log Σ_j exp(scores[r, j]); −∞ for a row that is empty or all −∞. scores is (R, N), out (R).
 *
 * The row is read once, in blocks: the sum is kept as a multiple of exp(the largest score so far), and falls when a
 * larger one comes.
 */
export function logSumExpRows(first: u32, last: u32, out: usize, scores: usize, columns: u32): void {
  for (let r = first; r < last; r++) {
    const scores_r = scores + ((r * columns) << 2);
    let top: f32 = -Infinity;
    let shift: f32 = 0;
    let sum: f64 = 0;
    for (let j: u32 = 0; j < columns; j += BLOCK) {
      const at = scores_r + (j << 2);
      const length = min(BLOCK, columns - j);
      top = larger(top, maximum(at, length));
      // An infinite top is left to the sum, which then is 0 or ∞; so is a NaN.
      const next: f32 = top > -Infinity && top < Infinity ? top : 0;
      if (next != shift && sum != 0) sum *= Math.exp(<f64>shift - <f64>next);
      shift = next;
      sum += sumOfExponentials(at, length, shift);
    }
    store<f32>(out + (r << 2), <f32>(<f64>shift + Math.log(sum)));
  }
}

/** The largest of `length` floats that is not NaN, −∞ if there is none. */
function maximum(at: usize, length: u32): f32 {
  let m0 = f32x4.splat(-Infinity);
  let m1 = m0;
  let m2 = m0;
  let m3 = m0;
  let i: u32 = 0;
  for (; i + 16 <= length; i += 16) {
    const block = at + (i << 2);
    m0 = f32x4.pmax(m0, v128.load(block));
    m1 = f32x4.pmax(m1, v128.load(block, 16));
    m2 = f32x4.pmax(m2, v128.load(block, 32));
    m3 = f32x4.pmax(m3, v128.load(block, 48));
  }
  // Through memory, as neighbours: the engine joins vectors from their stores backwards.
  const lanes = scratch;
  v128.store(lanes, m0);
  v128.store(lanes, m1, 16);
  v128.store(lanes, m2, 32);
  v128.store(lanes, m3, 48);
  let top: f32 = -Infinity;
  for (let lane: u32 = 0; lane < 16; lane++) top = larger(top, load<f32>(lanes + (lane << 2)));
  for (; i < length; i++) top = larger(top, load<f32>(at + (i << 2)));
  return top;
}

function larger(a: f32, b: f32): f32 {
  return b > a ? b : a;
}

/** Σ exp(x − shift) over `length` floats x: eight sums of every eighth, then theirs. */
function sumOfExponentials(at: usize, length: u32, shift: f32): f64 {
  const shifts = f32x4.splat(shift);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let i: u32 = 0;
  for (; i + 8 <= length; i += 8) {
    const block = at + (i << 2);
    s0 = f32x4.add(s0, exp4(f32x4.sub(v128.load(block), shifts)));
    s1 = f32x4.add(s1, exp4(f32x4.sub(v128.load(block, 16), shifts)));
  }
  const lanes = scratch;
  v128.store(lanes, s0);
  v128.store(lanes, s1, 16);
  let sum: f64 = 0;
  for (let lane: u32 = 0; lane < 8; lane++) sum += load<f32>(lanes + (lane << 2));
  for (; i < length; i++) sum += exp1(load<f32>(at + (i << 2)) - shift);
  return sum;
}
