/** values[i] = max(0, values[i]), 0 where it is NaN, i from first to last. */
export function rectify(first: u32, last: u32, values: usize): void {
  const zero = f32x4.splat(0);
  let i = first;
  for (; i + 8 <= last; i += 8) {
    const at = values + (i << 2);
    // The second operand where either is NaN.
    const left = f32x4.pmax(zero, v128.load(at));
    const right = f32x4.pmax(zero, v128.load(at, 16));
    v128.store(at, left);
    v128.store(at, right, 16);
  }
  for (; i < last; i++) {
    const value = load<f32>(values + (i << 2));
    store<f32>(values + (i << 2), value > 0 ? value : 0);
  }
}

/** dValues[i] = 0 where values[i] is not above 0, i from first to last. */
export function rectifyBackward(first: u32, last: u32, dValues: usize, values: usize): void {
  const zero = f32x4.splat(0);
  let i = first;
  for (; i + 8 <= last; i += 8) {
    const at = dValues + (i << 2);
    const from = values + (i << 2);
    const left = v128.and(v128.load(at), f32x4.gt(v128.load(from), zero));
    const right = v128.and(v128.load(at, 16), f32x4.gt(v128.load(from, 16), zero));
    v128.store(at, left);
    v128.store(at, right, 16);
  }
  for (; i < last; i++) {
    const value = load<f32>(values + (i << 2));
    if (value > 0) continue;
    store<f32>(dValues + (i << 2), 0);
  }
}
