import { scratch } from "./scratch";

/** The sum of the four lanes, always in this order. */
// @ts-ignore: decorator
@inline
export function sumLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/**
 * The sum of the eight lanes of two sums, each of every other four terms.
 *
 * They go through memory, as neighbours: the engine joins vectors (wide-vectors.ts) from neighbouring stores backwards,
 * and so joins the loop that made them. Scratch is read and written again by whoever calls this.
 */
// @ts-ignore: decorator
@inline
export function sumEightLanes(left: v128, right: v128): f32 {
  const at = scratch;
  v128.store(at, left);
  v128.store(at, right, 16);
  return sumLanes(f32x4.add(v128.load(at), v128.load(at, 16)));
}

/** a · b over `length` floats, a multiple of 4: four sums of four lanes, to hide the latency of the addition. */
export function dot(a: usize, b: usize, length: u32): f32 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let left = length;
  for (; left >= 16; left -= 16) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(a, 32), v128.load(b, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(a, 48), v128.load(b, 48)));
    a += 64;
    b += 64;
  }
  let sum = sumEightLanes(f32x4.add(s0, s2), f32x4.add(s1, s3));
  for (; left > 0; left -= 4) {
    sum += sumLanes(f32x4.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
  }
  return sum;
}
