/**
 * The constants of {@link exp4}, read from memory at each use: one instruction, while the engine needs three
 * to make a vector out of a constant in the code.
 */
const CONSTANTS = memory.data<f32>([
  -87.6, 89, // beyond them the result is 0 or +∞
  1.44269504088896341, // log₂ e
  12582912, // 1.5 · 2²³: adding it rounds to a whole number, which then stands in the lowest bits
  0.693359375, -2.12194440e-4, // ln 2 in two parts, the first so short that n times it is exact
  // the polynomial's coefficients, doubled
  2 * 1.9875691500e-4, 2 * 1.3981999507e-3, 2 * 8.3334519073e-3, 2 * 4.1665795894e-2, 2 * 1.6666665459e-1,
  2 * 5.0000001201e-1, 2,
  0.5, // its bits are 126 · 2²³
]);

/**
 * eˣ of four floats at once, by x = n·ln 2 + r, |r| ≤ ½·ln 2, and a polynomial of degree 7 in r.
 *
 * At most 2 units in the last place off from −86.9 to the end of the range; below −87.7 it is 0, in between 0 or
 * right; beyond the range +∞. NaN stays NaN.
 * Source: the reduction and the coefficients are those of `expf` in Moshier's Cephes library.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, constant(0)), constant(1));
  const rounded = f32x4.add(f32x4.mul(bounded, constant(2)), constant(3));
  const n = f32x4.sub(rounded, constant(3));
  const r = f32x4.sub(f32x4.sub(bounded, f32x4.mul(n, constant(4))), f32x4.mul(n, constant(5)));
  // In pairs of terms instead of one after the other (Estrin): the engine waits for a chain, not for its work.
  const r2 = f32x4.mul(r, r);
  const p67 = f32x4.add(f32x4.mul(constant(6), r), constant(7));
  const p89 = f32x4.add(f32x4.mul(constant(8), r), constant(9));
  const p1011 = f32x4.add(f32x4.mul(constant(10), r), constant(11));
  const high = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(p67, r2), p89), r2), p1011);
  const p = f32x4.add(f32x4.add(f32x4.mul(high, r2), f32x4.add(r, r)), constant(12));
  // 2ⁿ⁻¹ by its exponent bits: n reaches from −126, whose 2ⁿ⁻¹ is taken as 0, to 128, where 2ⁿ would not be a float
  return f32x4.mul(p, i32x4.add(i32x4.shl(rounded, 23), constant(13)));
}

/** eˣ of one float, the very bits that {@link exp4} gives. */
// @ts-ignore: decorator
@inline
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

// @ts-ignore: decorator
@inline
function constant(i: usize): v128 {
  return v128.load_splat<f32>(CONSTANTS + (i << 2));
}
