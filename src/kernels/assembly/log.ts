/** The constants of {@link log4}, read from memory at each use as in `exp.ts`. */
const CONSTANTS = memory.data<f32>([
  0.707106781186547524, 1, 0.5,
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  -2.12194440e-4, 0.693359375,
]);

/**
 * log x of four positive, normal floats at once, by x = m · 2ᵉ, √½ ≤ m < √2, and a polynomial of degree 9 in m − 1.
 *
 * Source: the reduction and the coefficients are those of `logf` in Moshier's Cephes library.
 */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const exponent = i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126));
  // the significand as a number in [½, 1)
  const m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const isLow = f32x4.lt(m, constant(0));
  const e = f32x4.sub(f32x4.convert_i32x4_s(exponent), v128.and(isLow, constant(1)));
  const y = f32x4.sub(f32x4.add(m, v128.and(isLow, m)), constant(1));
  const square = f32x4.mul(y, y);
  // In pairs of terms, as in `exp.ts`.
  const fourth = f32x4.mul(square, square);
  const high = f32x4.add(f32x4.mul(pair(4, y), square), f32x4.mul(constant(3), fourth));
  const low = f32x4.add(f32x4.mul(pair(8, y), square), pair(10, y));
  let p = f32x4.add(f32x4.mul(f32x4.add(high, pair(6, y)), fourth), low);
  p = f32x4.mul(f32x4.mul(p, y), square);
  p = f32x4.add(p, f32x4.mul(e, constant(12)));
  p = f32x4.sub(p, f32x4.mul(square, constant(2)));
  return f32x4.add(f32x4.add(y, p), f32x4.mul(e, constant(13)));
}

/** log x of one float, the very bits that {@link log4} gives. */
// @ts-ignore: decorator
@inline
export function log1(x: f32): f32 {
  return f32x4.extract_lane(log4(f32x4.splat(x)), 0);
}

/** constant(i) · y + constant(i + 1). */
// @ts-ignore: decorator
@inline
function pair(i: usize, y: v128): v128 {
  return f32x4.add(f32x4.mul(constant(i), y), constant(i + 1));
}

// @ts-ignore: decorator
@inline
function constant(i: usize): v128 {
  return v128.load_splat<f32>(CONSTANTS + (i << 2));
}
