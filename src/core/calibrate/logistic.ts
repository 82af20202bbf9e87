const MOST_STEPS = 50;
const TOLERANCE = 1e-9;
const LEAST_RIDGE = 1e-6;

/** N weighted observations of P features and a label. */
export interface Observations {
  /** (N, P) row-major */
  readonly features: Float64Array;
  /** (N) 0 or 1 */
  readonly labels: Uint8Array;
  /** (N) how many observations each stands for */
  readonly weights: Float64Array;
  /** (N) logits that are given, to which θ · features is added; 0 where left out. */
  readonly offsets?: Float64Array;
}

/**
 * Logistic regression by Newton's method: the θ that minimises
 * `−Σ w (y log p + (1 − y) log(1 − p)) / Σ w + ½ · ridge · |θ|²`, with `p = sigmoid(offset + θ · features)`.
 *
 * @param observations - what is fitted; a constant feature makes the intercept
 * @param width - P
 * @param ridge - keeps a coefficient finite when the classes can be told apart without error
 * @returns (P)
 */
export function fitLogistic(
  observations: Observations,
  width: number,
  ridge = LEAST_RIDGE,
): Float64Array {
  const coefficients = new Float64Array(width);
  let loss = lossAt(observations, coefficients, ridge);
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = newtonStep(observations, coefficients, ridge);
    let share = 1;
    let next = coefficients.map((value, p) => value - move[p]!);
    let nextLoss = lossAt(observations, next, ridge);
    while (!(nextLoss <= loss) && share > 1e-4) {
      share /= 2;
      const part = share;
      next = coefficients.map((value, p) => value - part * move[p]!);
      nextLoss = lossAt(observations, next, ridge);
    }
    if (!(nextLoss < loss)) break;
    coefficients.set(next);
    const gained = loss - nextLoss;
    loss = nextLoss;
    if (gained < TOLERANCE * loss) break;
  }
  return coefficients;
}

/** 1 / (1 + e^−x) */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** log(p / (1 − p)) */
export function logit(p: number): number {
  return Math.log(p / (1 - p));
}

function dot(features: Float64Array, start: number, coefficients: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < coefficients.length; p++) sum += features[start + p]! * coefficients[p]!;
  return sum;
}

function lossAt(
  { features, labels, weights, offsets }: Observations,
  coefficients: Float64Array,
  ridge: number,
): number {
  let loss = 0;
  let total = 0;
  for (let n = 0; n < labels.length; n++) {
    const x = (offsets?.[n] ?? 0) + dot(features, n * coefficients.length, coefficients);
    const wrong = labels[n] === 1 ? -x : x;
    loss += weights[n]! * (Math.max(0, wrong) + Math.log1p(Math.exp(-Math.abs(wrong))));
    total += weights[n]!;
  }
  return loss / total + (ridge / 2) * coefficients.reduce((sum, value) => sum + value * value, 0);
}

function newtonStep(
  { features, labels, weights, offsets }: Observations,
  coefficients: Float64Array,
  ridge: number,
): Float64Array {
  const width = coefficients.length;
  const gradient = new Float64Array(width);
  const hessian = new Float64Array(width * width);
  let total = 0;
  for (let n = 0; n < labels.length; n++) {
    const start = n * width;
    const p = sigmoid((offsets?.[n] ?? 0) + dot(features, start, coefficients));
    const error = weights[n]! * (p - labels[n]!);
    const curvature = weights[n]! * p * (1 - p);
    for (let i = 0; i < width; i++) {
      const feature = features[start + i]!;
      gradient[i]! += error * feature;
      for (let j = 0; j <= i; j++) {
        hessian[i * width + j]! += curvature * feature * features[start + j]!;
      }
    }
    total += weights[n]!;
  }
  for (let i = 0; i < width; i++) {
    gradient[i] = gradient[i]! / total + ridge * coefficients[i]!;
    for (let j = 0; j <= i; j++) {
      hessian[i * width + j]! /= total;
      hessian[j * width + i] = hessian[i * width + j]!;
    }
    hessian[i * width + i]! += ridge;
  }
  return solve(hessian, gradient);
}

/** Solves `matrix · x = right` by Gaussian elimination; `matrix` is symmetric and positive definite. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const width = right.length;
  const a = Float64Array.from(matrix);
  const x = Float64Array.from(right);
  for (let pivot = 0; pivot < width; pivot++) {
    for (let row = pivot + 1; row < width; row++) {
      const factor = a[row * width + pivot]! / a[pivot * width + pivot]!;
      for (let c = pivot; c < width; c++) a[row * width + c]! -= factor * a[pivot * width + c]!;
      x[row]! -= factor * x[pivot]!;
    }
  }
  for (let row = width - 1; row >= 0; row--) {
    for (let c = row + 1; c < width; c++) x[row]! -= a[row * width + c]! * x[c]!;
    x[row]! /= a[row * width + row]!;
  }
  return x;
}
