/**
 * eˣ of four floats at once, by x = n·ln 2 + r, |r| ≤ ½·ln 2, and a polynomial of degree 6 in r.
 *
 * At most 2 units in the last place off over the whole range where the result is a normal number; beyond it
 * +∞ or, through the subnormal numbers, 0. NaN stays NaN.
 * Source: the reduction and the coefficients are those of `expf` in Moshier's Cephes library.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-105)), f32x4.splat(90));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504088896341)));
  // ln 2 in two parts, the first short enough that n times it is exact
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  // 2ⁿ in two factors: n reaches −151 and 130, one exponent only −126 to 127
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, power(half)), power(i32x4.sub(whole, half)));
}

/** eˣ of one float, the very bits that {@link exp4} gives. */
// @ts-ignore: decorator
@inline
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** 2ⁿ for integers −126 ≤ n ≤ 127, by writing the exponent's bits. */
// @ts-ignore: decorator
@inline
function power(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}
