/** The plain definition of each kernel, in double precision: what the fast ones must agree with. */
import type { Matrix, SparseRows } from "../../src/kernels/index.ts";

/** A matrix of float64. */
export interface Plain {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

export function plain(matrix: Matrix): Plain {
  return { rows: matrix.rows, columns: matrix.columns, values: Float64Array.from(matrix.values) };
}

function zeros(rows: number, columns: number): Plain {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

export function transposed(a: Plain): Plain {
  const out = zeros(a.columns, a.rows);
  for (let r = 0; r < a.rows; r++) {
    for (let c = 0; c < a.columns; c++) out.values[c * a.rows + r] = a.values[r * a.columns + c]!;
  }
  return out;
}

export function multiply(a: Plain, b: Plain): Plain {
  const out = zeros(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      for (let j = 0; j < b.columns; j++) {
        out.values[i * b.columns + j]! +=
          a.values[i * a.columns + k]! * b.values[k * b.columns + j]!;
      }
    }
  }
  return out;
}

export function gatherSum(rows: SparseRows, rowCount: number, source: Plain): Plain {
  const out = zeros(rowCount, source.columns);
  for (let r = 0; r < rowCount; r++) {
    for (let p = rows.offsets[r]!; p < rows.offsets[r + 1]!; p++) {
      for (let d = 0; d < source.columns; d++) {
        out.values[r * source.columns + d]! +=
          (rows.weights?.[p] ?? 1) * source.values[rows.indices[p]! * source.columns + d]!;
      }
    }
  }
  return out;
}

export function rowDots(rows: SparseRows, a: Plain, b: Plain): Float64Array {
  const out = new Float64Array(rows.indices.length);
  for (let r = 0; r < a.rows; r++) {
    for (let p = rows.offsets[r]!; p < rows.offsets[r + 1]!; p++) {
      for (let d = 0; d < a.columns; d++) {
        out[p]! += a.values[r * a.columns + d]! * b.values[rows.indices[p]! * b.columns + d]!;
      }
    }
  }
  return out;
}

export function normaliseRows(input: Plain): { out: Plain; inverseNorms: Float64Array } {
  const out = zeros(input.rows, input.columns);
  const inverseNorms = new Float64Array(input.rows);
  for (let r = 0; r < input.rows; r++) {
    const row = input.values.subarray(r * input.columns, (r + 1) * input.columns);
    const norm = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    inverseNorms[r] = norm > 0 ? 1 / norm : 0;
    row.forEach((x, d) => (out.values[r * input.columns + d] = x * inverseNorms[r]!));
  }
  return { out, inverseNorms };
}

/** The loss of each row; logits and cosines as they are, everything from the formula. */
export function sampledSoftmaxLosses(
  logits: Plain,
  inverseTemperature: number,
  masked: SparseRows | undefined,
  positives: SparseRows,
  cosines: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: logits.rows }, (_, r) => {
    const hidden = new Set(
      masked?.indices.subarray(masked.offsets[r], masked.offsets[r + 1]) ?? [],
    );
    let negatives = 0;
    for (let j = 0; j < logits.columns; j++) {
      if (!hidden.has(j)) {
        negatives += Math.exp((logits.values[r * logits.columns + j]! - 1) * inverseTemperature);
      }
    }
    let loss = 0;
    for (let p = positives.offsets[r]!; p < positives.offsets[r + 1]!; p++) {
      const e = Math.exp((cosines[p]! - 1) * inverseTemperature);
      loss -= (positives.weights?.[p] ?? 1) * Math.log(e / (e + negatives));
    }
    return loss;
  });
}

/** Every column of a row that may be listed, by falling score, then by falling column. */
export function topK(
  scores: ArrayLike<number>,
  k: number,
  excluded: ReadonlySet<number>,
): { column: number; score: number }[] {
  return Array.from(scores, (score, column) => ({ score, column }))
    .filter(({ score, column }) => score > -Infinity && !excluded.has(column))
    .sort((a, b) => (a.score === b.score ? b.column - a.column : b.score - a.score))
    .slice(0, k);
}

/** d f / d values[i] for every i, by central differences. `values` is left as it was. */
export function numericGradient(f: () => number, values: Float64Array, step = 1e-5): Float64Array {
  return Float64Array.from(values, (value, i) => {
    values[i] = value + step;
    const above = f();
    values[i] = value - step;
    const below = f();
    values[i] = value;
    return (above - below) / (2 * step);
  });
}

/** A sparse matrix with its zeros; entries of the same place are added. */
export function dense(rows: SparseRows, rowCount: number, columns: number): Plain {
  const out = zeros(rowCount, columns);
  for (let r = 0; r < rowCount; r++) {
    for (let p = rows.offsets[r]!; p < rows.offsets[r + 1]!; p++) {
      out.values[r * columns + rows.indices[p]!]! += rows.weights?.[p] ?? 1;
    }
  }
  return out;
}

/** Every row's system (diag(diagonal) + Σ w · y yᵀ) x = Σ (1 + w) · y, solved by Gaussian elimination. */
export function solveRows(
  rows: SparseRows,
  rowCount: number,
  y: Matrix,
  diagonal: ArrayLike<number>,
): Float64Array {
  const n = y.columns;
  const out = new Float64Array(rowCount * n);
  for (let r = 0; r < rowCount; r++) {
    const a = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n + 1 }, (_, j) => (i === j ? diagonal[i]! : 0)),
    );
    for (let p = rows.offsets[r]!; p < rows.offsets[r + 1]!; p++) {
      const weight = rows.weights?.[p] ?? 1;
      const row = y.values.subarray(rows.indices[p]! * n, (rows.indices[p]! + 1) * n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) a[i]![j]! += weight * row[i]! * row[j]!;
        a[i]![n]! += (1 + weight) * row[i]!;
      }
    }
    out.set(eliminate(a), r * n);
  }
  return out;
}

/** The solution of a positive definite system whose right side is the last column. */
function eliminate(a: number[][]): number[] {
  const n = a.length;
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const factor = a[i]![k]! / a[k]![k]!;
      for (let j = k; j <= n; j++) a[i]![j]! -= factor * a[k]![j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = a[i]![n]!;
    for (let j = i + 1; j < n; j++) sum -= a[i]![j]! * x[j]!;
    x[i] = sum / a[i]![i]!;
  }
  return x;
}
