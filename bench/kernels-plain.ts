/** The kernels as plain loops over Float32Array: the baseline that `kernels-training.ts` compares with. */
import type { AdamState, Matrix, SparseRows } from "../src/kernels/index.ts";

export function multiplyTransposed(out: Matrix, a: Matrix, b: Matrix): void {
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      out.values[i * b.rows + j] = dot(a.values, i * a.columns, b.values, j * a.columns, a.columns);
    }
  }
}

export function multiply(out: Matrix, a: Matrix, b: Matrix): void {
  out.values.fill(0);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      addScaled(
        out.values,
        i * b.columns,
        b.values,
        k * b.columns,
        a.values[i * a.columns + k]!,
        b.columns,
      );
    }
  }
}

export function multiplyLeftTransposed(out: Matrix, a: Matrix, b: Matrix): void {
  out.values.fill(0);
  for (let k = 0; k < a.rows; k++) {
    for (let i = 0; i < a.columns; i++) {
      addScaled(
        out.values,
        i * b.columns,
        b.values,
        k * b.columns,
        a.values[k * a.columns + i]!,
        b.columns,
      );
    }
  }
}

export function gatherSum(out: Matrix, rows: SparseRows, source: Matrix): void {
  const { columns } = source;
  out.values.fill(0);
  for (let r = 0; r < out.rows; r++) {
    for (let p = rows.offsets[r]!; p < rows.offsets[r + 1]!; p++) {
      addScaled(
        out.values,
        r * columns,
        source.values,
        rows.indices[p]! * columns,
        rows.weights![p]!,
        columns,
      );
    }
  }
}

export function rowDots(out: Float32Array, rows: SparseRows, a: Matrix, b: Matrix): void {
  for (let r = 0; r < a.rows; r++) {
    for (let p = rows.offsets[r]!; p < rows.offsets[r + 1]!; p++) {
      out[p] = dot(a.values, r * a.columns, b.values, rows.indices[p]! * a.columns, a.columns);
    }
  }
}

export function exp(out: Float32Array, input: Float32Array): void {
  for (let i = 0; i < input.length; i++) out[i] = Math.exp(input[i]!);
}

/** The arrays of a softmax, named as in `sampledSoftmax`. */
export interface SoftmaxArrays {
  readonly logits: Matrix;
  readonly positives: SparseRows;
  readonly cosines: Float32Array;
  readonly losses: Float32Array;
  readonly dCosines: Float32Array;
}

export function sampledSoftmax(arrays: SoftmaxArrays, inverseTemperature: number): void {
  const { logits, positives, cosines, losses, dCosines } = arrays;
  for (let r = 0; r < logits.rows; r++) {
    const row = logits.values.subarray(r * logits.columns, (r + 1) * logits.columns);
    let negatives = 0;
    for (let j = 0; j < row.length; j++) {
      row[j] = Math.exp((row[j]! - 1) * inverseTemperature);
      negatives += row[j]!;
    }
    let loss = 0;
    let share = 0;
    for (let p = positives.offsets[r]!; p < positives.offsets[r + 1]!; p++) {
      const e = Math.exp((cosines[p]! - 1) * inverseTemperature);
      const weight = positives.weights![p]!;
      loss -= weight * Math.log(e / (e + negatives));
      share += weight / (e + negatives);
      dCosines[p] = (-weight * negatives * inverseTemperature) / (e + negatives);
    }
    losses[r] = loss;
    for (let j = 0; j < row.length; j++) row[j]! *= share * inverseTemperature;
  }
}

export function adamRows(
  parameters: Matrix,
  gradients: Matrix,
  rows: Uint32Array,
  { m, v, steps }: AdamState,
  learningRate: number,
): void {
  const { columns } = parameters;
  for (let i = 0; i < rows.length; i++) {
    const q = rows[i]!;
    const t = ++steps[q]!;
    const [correction1, correction2] = [1 - 0.9 ** t, 1 - 0.99 ** t];
    for (let d = 0; d < columns; d++) {
      const at = q * columns + d;
      const g = gradients.values[i * columns + d]!;
      const mean = 0.9 * m.values[at]! + 0.1 * g;
      const square = 0.99 * v.values[at]! + 0.01 * g * g;
      m.values[at] = mean;
      v.values[at] = square;
      parameters.values[at]! -=
        (learningRate * mean) / correction1 / (Math.sqrt(square / correction2) + 1e-8);
    }
  }
}

function dot(a: Float32Array, a_i: number, b: Float32Array, b_j: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += a[a_i + d]! * b[b_j + d]!;
  return sum;
}

function addScaled(
  out: Float32Array,
  out_i: number,
  source: Float32Array,
  source_j: number,
  scale: number,
  length: number,
): void {
  for (let d = 0; d < length; d++) out[out_i + d]! += scale * source[source_j + d]!;
}
