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
  const epsilon = f32x4.splat(eps);
  for (let i = first; i < last; i++) {
    const q = load<u32>(rows + (i << 2));
    if (q >= parameterRows) unreachable();
    const t = load<u32>(steps + (q << 2)) + 1;
    store<u32>(steps + (q << 2), t);
    const size = f32x4.splat(<f32>(learningRate / (1 - power(b1, t))));
    const correction = f32x4.splat(<f32>(1 / (1 - power(b2, t))));
    const g_i = gradients + i * rowBytes;
    const m_q = m + q * rowBytes;
    const v_q = v + q * rowBytes;
    const x_q = parameters + q * rowBytes;
    let j: u32 = 0;
    // Two neighbouring fours, so that the engine joins them.
    for (; j + 32 <= rowBytes; j += 32) {
      const g0 = v128.load(g_i + j);
      const g1 = v128.load(g_i + j, 16);
      const m0 = mixed(keep1, v128.load(m_q + j), take1, g0);
      const m1 = mixed(keep1, v128.load(m_q + j, 16), take1, g1);
      const v0 = mixed(keep2, v128.load(v_q + j), f32x4.mul(take2, g0), g0);
      const v1 = mixed(keep2, v128.load(v_q + j, 16), f32x4.mul(take2, g1), g1);
      const x0 = moved(v128.load(x_q + j), size, m0, correction, v0, epsilon);
      const x1 = moved(v128.load(x_q + j, 16), size, m1, correction, v1, epsilon);
      v128.store(m_q + j, m0);
      v128.store(m_q + j, m1, 16);
      v128.store(v_q + j, v0);
      v128.store(v_q + j, v1, 16);
      v128.store(x_q + j, x0);
      v128.store(x_q + j, x1, 16);
    }
    if (j < rowBytes) {
      const g = v128.load(g_i + j);
      const mean = mixed(keep1, v128.load(m_q + j), take1, g);
      const square = mixed(keep2, v128.load(v_q + j), f32x4.mul(take2, g), g);
      v128.store(m_q + j, mean);
      v128.store(v_q + j, square);
      v128.store(x_q + j, moved(v128.load(x_q + j), size, mean, correction, square, epsilon));
    }
  }
}

/** keep · before + take · now. */
// @ts-ignore: decorator
@inline
function mixed(keep: v128, before: v128, take: v128, now: v128): v128 {
  return f32x4.add(f32x4.mul(keep, before), f32x4.mul(take, now));
}

/** x − size · mean / (√(square · correction) + eps). */
// @ts-ignore: decorator
@inline
function moved(x: v128, size: v128, mean: v128, correction: v128, square: v128, eps: v128): v128 {
  const width = f32x4.add(f32x4.sqrt(f32x4.mul(square, correction)), eps);
  return f32x4.sub(x, f32x4.div(f32x4.mul(size, mean), width));
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
