import { sumEightLanes } from "./lanes";
import { log1, log4 } from "./log";

/**
 * evidence[r, j] ← log(1 + e[r, j] / (floor · mean of e[r, :])), where e is the evidence with nothing below 0 counted.
 *
 * evidence is (R, N). A row without evidence becomes 0.
 */
export function logEvidence(
  first: u32,
  last: u32,
  evidence: usize,
  columns: u32,
  floor: f32,
): void {
  const eights = (columns & ~7) << 2;
  const end = columns << 2;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let r = first; r < last; r++) {
    const evidence_r = evidence + r * end;
    const mean: f64 = positiveSum(evidence_r, columns) / <f64>columns;
    const inverse: f32 = mean > 0 ? <f32>(1 / (<f64>floor * mean)) : 0;
    const scale = f32x4.splat(inverse);
    let j: u32 = 0;
    for (; j < eights; j += 32) {
      const left = log4(f32x4.add(f32x4.mul(f32x4.max(v128.load(evidence_r + j), zero), scale), one));
      const right = log4(f32x4.add(f32x4.mul(f32x4.max(v128.load(evidence_r + j, 16), zero), scale), one));
      // Both stores at the end: the engine joins nothing across a load that stands between them.
      v128.store(evidence_r + j, left);
      v128.store(evidence_r + j, right, 16);
    }
    for (; j < end; j += 4) {
      const share = max<f32>(load<f32>(evidence_r + j), 0) * inverse;
      store<f32>(evidence_r + j, log1(share + 1));
    }
  }
}

/** out[i] += scale · input[i], i from first to last. */
export function addScaled(first: u32, last: u32, out: usize, input: usize, scale: f32): void {
  const scales = f32x4.splat(scale);
  let i = first;
  for (; i + 8 <= last; i += 8) {
    const at = out + (i << 2);
    const from = input + (i << 2);
    const left = f32x4.add(v128.load(at), f32x4.mul(scales, v128.load(from)));
    const right = f32x4.add(v128.load(at, 16), f32x4.mul(scales, v128.load(from, 16)));
    v128.store(at, left);
    v128.store(at, right, 16);
  }
  for (; i < last; i++) {
    store<f32>(out + (i << 2), load<f32>(out + (i << 2)) + scale * load<f32>(input + (i << 2)));
  }
}

/** The sum of the positive numbers of a row, in blocks of single precision that are added in double. */
function positiveSum(row: usize, columns: u32): f64 {
  const zero = f32x4.splat(0);
  let sum: f64 = 0;
  let j: u32 = 0;
  while (j + 8 <= columns) {
    const stop = min(columns & ~7, j + 1024);
    let s0 = zero;
    let s1 = zero;
    for (; j < stop; j += 8) {
      s0 = f32x4.add(s0, f32x4.max(v128.load(row + (j << 2)), zero));
      s1 = f32x4.add(s1, f32x4.max(v128.load(row + (j << 2), 16), zero));
    }
    sum += sumEightLanes(s0, s1);
  }
  for (; j < columns; j++) sum += max<f32>(load<f32>(row + (j << 2)), 0);
  return sum;
}
