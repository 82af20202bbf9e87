/**
 * Adam on the rows that have a gradient. Row i of the gradients belongs to row q = rows[i] of the parameters,
 * of m and of v; steps[q] counts the steps that row q has taken:
 *   t = ++steps_q;   m_q = b1·m_q + (1 − b1)·g_i;   v_q = b2·v_q + (1 − b2)·g_i²
 *   parameters_q −= learningRate · (m_q / (1 − b1ᵗ)) / (√(v_q / (1 − b2ᵗ)) + eps)
 *
 * gradients is (G, D), parameters, m and v (P, D), D a multiple of 4; the rows are distinct.
 * Source: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015.
 */
export function adamRows(
  first: u32,
  last: u32,
  parameters: usize,
  parameterRows: u32,
  columns: u32,
  gradients: usize,
  rows: usize,
  m: usize,
  v: usize,
  steps: usize,
  learningRate: f64,
  b1: f64,
  b2: f64,
  eps: f32,
): void {
  const rowBytes = columns << 2;
  const keep1 = f32x4.splat(<f32>b1);
  const take1 = f32x4.splat(<f32>(1 - b1));
  const keep2 = f32x4.splat(<f32>b2);
  const take2 = f32x4.splat(<f32>(1 - b2));
  for (let i = first; i < last; i++) {
    const q = load<u32>(rows + (i << 2));
    if (q >= parameterRows) unreachable();
    const t = load<u32>(steps + (q << 2)) + 1;
    store<u32>(steps + (q << 2), t);
    const size = f32x4.splat(<f32>(learningRate / (1 - power(b1, t))));
    const correction = f32x4.splat(<f32>(1 / (1 - power(b2, t))));
    const g_i = gradients + i * rowBytes;
    const q_ = q * rowBytes;
    for (let j: u32 = 0; j < rowBytes; j += 16) {
      const g = v128.load(g_i + j);
      const mean = f32x4.add(f32x4.mul(keep1, v128.load(m + q_ + j)), f32x4.mul(take1, g));
      const square = f32x4.add(
        f32x4.mul(keep2, v128.load(v + q_ + j)),
        f32x4.mul(f32x4.mul(take2, g), g),
      );
      v128.store(m + q_ + j, mean);
      v128.store(v + q_ + j, square);
      const width = f32x4.add(f32x4.sqrt(f32x4.mul(square, correction)), f32x4.splat(eps));
      const x = v128.load(parameters + q_ + j);
      v128.store(parameters + q_ + j, f32x4.sub(x, f32x4.div(f32x4.mul(size, mean), width)));
    }
  }
}

/** bᵗ by repeated squaring. */
function power(b: f64, t: u32): f64 {
  let result: f64 = 1;
  for (; t > 0; t >>= 1) {
    if (t & 1) result *= b;
    b *= b;
  }
  return result;
}
