import { exp1, exp4 } from "./exp";
import { sumEightLanes } from "./lanes";

/** Keeps the logarithm and the quotients finite when a row's every term has vanished. */
const SMALLEST: f64 = f32.MIN_NORMAL_VALUE;

/**
 * The softmax of every positive of a row against the row's shared negatives, and its gradient.
 *
 * logits is (R, N), the cosines of the row with the N negatives; with T = inverseTemperature
 *   E_rj = exp((logits_rj − 1)·T), 0 for the masked columns of the row;   n_r = Σ_j E_rj
 *   e_p = exp((cosines_p − 1)·T);   loss_r = −Σ_p w_p · log(e_p / (e_p + n_r))
 * Backward, all with respect to the cosines:
 *   dCosines_p = −w_p · n_r / (e_p + n_r) · T;   logits_rj ← T · E_rj · Σ_p w_p / (e_p + n_r)
 */
export function sampledSoftmax(
  first: u32,
  last: u32,
  logits: usize,
  negatives: u32,
  inverseTemperature: f32,
  maskOffsets: usize,
  maskColumns: usize,
  maskEntries: u32,
  positiveOffsets: usize,
  positiveWeights: usize,
  positiveEntries: u32,
  cosines: usize,
  losses: usize,
  dCosines: usize,
): void {
  for (let r = first; r < last; r++) {
    const logits_r = logits + ((r * negatives) << 2);
    if (maskOffsets != 0) mask(r, logits_r, negatives, maskOffsets, maskColumns, maskEntries);
    const sumOfNegatives: f64 = exponentials(logits_r, logits_r, negatives, inverseTemperature);

    const begin = load<u32>(positiveOffsets + (r << 2));
    const end = load<u32>(positiveOffsets + (r << 2), 4);
    if (begin > end || end > positiveEntries) unreachable();
    exponentials(dCosines + (begin << 2), cosines + (begin << 2), end - begin, inverseTemperature);
    let loss: f64 = 0;
    let negativeShare: f64 = 0;
    for (let p = begin; p < end; p++) {
      const weight: f64 = positiveWeights == 0 ? 1 : load<f32>(positiveWeights + (p << 2));
      const shifted: f64 = (<f64>load<f32>(cosines + (p << 2)) - 1) * inverseTemperature;
      const total = Math.max(<f64>load<f32>(dCosines + (p << 2)) + sumOfNegatives, SMALLEST);
      loss += weight * (Math.log(total) - shifted);
      negativeShare += weight / total;
      store<f32>(
        dCosines + (p << 2),
        <f32>(-weight * (sumOfNegatives / total) * inverseTemperature),
      );
    }
    store<f32>(losses + (r << 2), <f32>loss);
    scale(logits_r, negatives, <f32>Math.min(negativeShare * inverseTemperature, f32.MAX_VALUE));
  }
}

/** The masked columns become −∞, whose exponential is 0. */
function mask(
  r: u32,
  logits_r: usize,
  negatives: u32,
  offsets: usize,
  columns: usize,
  entries: u32,
): void {
  const end = load<u32>(offsets + (r << 2), 4);
  let p = load<u32>(offsets + (r << 2));
  if (p > end || end > entries) unreachable();
  for (; p < end; p++) {
    const column = load<u32>(columns + (p << 2));
    if (column >= negatives) unreachable();
    store<f32>(logits_r + (column << 2), -Infinity);
  }
}

/** out[i] = exp((input[i] − 1) · T) for `length` floats; returns their sum. out may be input. */
function exponentials(out: usize, input: usize, length: u32, inverseTemperature: f32): f32 {
  const t = f32x4.splat(inverseTemperature);
  const one = f32x4.splat(1);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let i: u32 = 0;
  const eights = (length & ~7) << 2;
  for (; i < eights; i += 32) {
    const left = exp4(f32x4.mul(f32x4.sub(v128.load(input + i), one), t));
    const right = exp4(f32x4.mul(f32x4.sub(v128.load(input + i, 16), one), t));
    v128.store(out + i, left);
    v128.store(out + i, right, 16);
    s0 = f32x4.add(s0, left);
    s1 = f32x4.add(s1, right);
  }
  let sum = sumEightLanes(s0, s1);
  for (; i < length << 2; i += 4) {
    const e = exp1((load<f32>(input + i) - 1) * inverseTemperature);
    store<f32>(out + i, e);
    sum += e;
  }
  return sum;
}

function scale(row: usize, length: u32, factor: f32): void {
  const factors = f32x4.splat(factor);
  let i: u32 = 0;
  const eights = (length & ~7) << 2;
  for (; i < eights; i += 32) {
    const left = f32x4.mul(v128.load(row + i), factors);
    const right = f32x4.mul(v128.load(row + i, 16), factors);
    v128.store(row + i, left);
    v128.store(row + i, right, 16);
  }
  for (; i < length << 2; i += 4) store<f32>(row + i, load<f32>(row + i) * factor);
}
