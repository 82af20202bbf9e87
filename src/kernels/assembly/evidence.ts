import { sumLanes } from "./lanes";
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
  const fours = (columns & ~3) << 2;
  const end = columns << 2;
  const zero = f32x4.splat(0);
  for (let r = first; r < last; r++) {
    const evidence_r = evidence + r * end;
    const mean: f64 = positiveSum(evidence_r, columns) / <f64>columns;
    const inverse: f32 = mean > 0 ? <f32>(1 / (<f64>floor * mean)) : 0;
    let j: u32 = 0;
    for (; j < fours; j += 16) {
      const share = f32x4.mul(f32x4.max(v128.load(evidence_r + j), zero), f32x4.splat(inverse));
      v128.store(evidence_r + j, log4(f32x4.add(share, f32x4.splat(1))));
    }
    for (; j < end; j += 4) {
      const share = max<f32>(load<f32>(evidence_r + j), 0) * inverse;
      store<f32>(evidence_r + j, log1(share + 1));
    }
  }
}

/** out[i] += scale · input[i], i from first to last. */
export function addScaled(first: u32, last: u32, out: usize, input: usize, scale: f32): void {
  let i = first;
  for (; i + 4 <= last; i += 4) {
    const term = f32x4.mul(f32x4.splat(scale), v128.load(input + (i << 2)));
    v128.store(out + (i << 2), f32x4.add(v128.load(out + (i << 2)), term));
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
  while (j + 4 <= columns) {
    const stop = min(columns & ~3, j + 1024);
    let lanes = zero;
    for (; j < stop; j += 4) lanes = f32x4.add(lanes, f32x4.max(v128.load(row + (j << 2)), zero));
    sum += sumLanes(lanes);
  }
  for (; j < columns; j++) sum += max<f32>(load<f32>(row + (j << 2)), 0);
  return sum;
}
