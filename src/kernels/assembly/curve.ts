import { exp4 } from "./exp";
import { sumLanes } from "./lanes";

/** Numbers summed in single precision before the sum is added in double. */
const BLOCK: u32 = 1024;

/**
 * out[r, j] = 1 / (1 + exp(−c_r(shifts[r] + slopes[r] · input[r, j]))) and sums[r] = Σ_j out[r, j].
 *
 * c_r is linear between the points of curves[r, :], which stand at 0, 1, …, and goes on along its first and its last
 * piece. input and out are (R, N), curves (R, C) with C ≥ 2; sums, shifts and slopes (R).
 */
export function sigmoidOfCurve(
  first: u32,
  last: u32,
  out: usize,
  sums: usize,
  input: usize,
  columns: u32,
  curves: usize,
  points: u32,
  shifts: usize,
  slopes: usize,
): void {
  highestCell = f32x4.splat(<f32>(points - 2));
  for (let r = first; r < last; r++) {
    curve = curves + ((r * points) << 2);
    shift = v128.load_splat<f32>(shifts + (r << 2));
    slope = v128.load_splat<f32>(slopes + (r << 2));
    const out_r = out + ((r * columns) << 2);
    const input_r = input + ((r * columns) << 2);
    let sum: f64 = 0;
    for (let j: u32 = 0; j < columns; ) {
      const stop = min(columns, j + BLOCK);
      let lanes = f32x4.splat(0);
      for (; j + 4 <= stop; j += 4) {
        const p = along(v128.load(input_r + (j << 2)));
        v128.store(out_r + (j << 2), p);
        lanes = f32x4.add(lanes, p);
      }
      sum += sumLanes(lanes);
      for (; j < stop; j++) {
        const p = f32x4.extract_lane(along(v128.load_splat<f32>(input_r + (j << 2))), 0);
        store<f32>(out_r + (j << 2), p);
        sum += p;
      }
    }
    store<f32>(sums + (r << 2), <f32>sum);
  }
}

/** The row's curve, and where a score stands on it. */
let curve: usize = 0;
let shift = f32x4.splat(0);
let slope = f32x4.splat(0);
let highestCell = f32x4.splat(0);

// @ts-ignore: decorator
@inline
function along(scores: v128): v128 {
  const x = f32x4.add(shift, f32x4.mul(slope, scores));
  const cell = f32x4.floor(f32x4.max(f32x4.splat(0), f32x4.min(highestCell, x)));
  const at = i32x4.shl(i32x4.trunc_sat_f32x4_s(cell), 2);
  let ab = v128.load64_zero(curve + i32x4.extract_lane(at, 0));
  ab = v128.load64_lane(curve + i32x4.extract_lane(at, 1), ab, 1);
  let cd = v128.load64_zero(curve + i32x4.extract_lane(at, 2));
  cd = v128.load64_lane(curve + i32x4.extract_lane(at, 3), cd, 1);
  const left = v128.shuffle<f32>(ab, cd, 0, 2, 4, 6);
  const right = v128.shuffle<f32>(ab, cd, 1, 3, 5, 7);
  const logit = f32x4.add(left, f32x4.mul(f32x4.sub(right, left), f32x4.sub(x, cell)));
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(logit))));
}

/**
 * The columns j of each row with values[r, j] ≥ floors[j] or values[r, j] ≥ scales[r] · scaledFloors[j], ascending.
 *
 * values and outColumns are (R, N), floors and scaledFloors (N), scales and outCounts (R).
 */
export function columnsReaching(
  first: u32,
  last: u32,
  outColumns: usize,
  outCounts: usize,
  values: usize,
  columns: u32,
  floors: usize,
  scaledFloors: usize,
  scales: usize,
): void {
  for (let r = first; r < last; r++) {
    const values_r = values + ((r * columns) << 2);
    const begin = outColumns + ((r * columns) << 2);
    const scale = load<f32>(scales + (r << 2));
    const scaled = f32x4.splat(scale);
    let end = begin;
    let j: u32 = 0;
    for (; j + 8 <= columns; j += 8) {
      const at = j << 2;
      const a = v128.load(values_r + at);
      const b = v128.load(values_r + at, 16);
      const isA = v128.or(
        f32x4.ge(a, v128.load(floors + at)),
        f32x4.ge(a, f32x4.mul(scaled, v128.load(scaledFloors + at))),
      );
      const isB = v128.or(
        f32x4.ge(b, v128.load(floors + at, 16)),
        f32x4.ge(b, f32x4.mul(scaled, v128.load(scaledFloors + at, 16))),
      );
      if (!v128.any_true(v128.or(isA, isB))) continue;
      let reaching: u32 = i32x4.bitmask(isA) | (i32x4.bitmask(isB) << 4);
      for (; reaching != 0; reaching &= reaching - 1) {
        store<u32>(end, j + ctz(reaching));
        end += 4;
      }
    }
    for (; j < columns; j++) {
      const value = load<f32>(values_r + (j << 2));
      const reaches =
        value >= load<f32>(floors + (j << 2)) || value >= scale * load<f32>(scaledFloors + (j << 2));
      if (!reaches) continue;
      store<u32>(end, j);
      end += 4;
    }
    store<u32>(outCounts + (r << 2), <u32>((end - begin) >> 2));
  }
}
