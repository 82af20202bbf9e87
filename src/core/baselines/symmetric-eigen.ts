/** The eigenvectors of a symmetric matrix S = Vᵀ · diag(values) · V. */
export interface Eigen {
  /** (N) eigenvalues, in no order. */
  readonly values: Float64Array;
  /** (N, N) row-major; row j is the eigenvector of value j, rows are orthonormal. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric (N, N) matrix, row-major, of which the lower half is read: Householder's
 * reduction to three diagonals, then the QL method with implicit shifts.
 *
 * Source: Bowdler, Martin, Reinsch & Wilkinson 1968, `tred2` and `tql2`.
 *
 * @throws RangeError if the matrix holds a number that is not finite
 */
export function symmetricEigen(matrix: ArrayLike<number>, size: number): Eigen {
  const basis = Float64Array.from(matrix);
  if (!basis.every(Number.isFinite)) {
    throw new RangeError("the eigenvectors of a matrix need finite numbers");
  }
  const values = new Float64Array(size);
  const beside = new Float64Array(size + 1);
  tridiagonalise(basis, size, values, beside);
  // As rows, so that the many rotations run along the memory.
  const vectors = basis.map((_, at) => basis[(at % size) * size + Math.floor(at / size)]!);
  beside.copyWithin(0, 1);
  diagonalise(vectors, size, values, beside);
  return { values, vectors };
}

/** S = Z · T · Zᵀ: z becomes Z, `diagonal` and `beside` (from 1 on) the diagonals of T. */
function tridiagonalise(z: Float64Array, n: number, diagonal: Float64Array, beside: Float64Array) {
  for (let i = n - 1; i > 0; i--) {
    const row = z.subarray(i * n, i * n + i);
    let scale = 0;
    for (const x of row) scale += Math.abs(x);
    if (i === 1 || scale === 0) {
      beside[i] = row[i - 1]!;
      diagonal[i] = 0;
      continue;
    }
    let square = 0;
    for (let k = 0; k < i; k++) {
      row[k]! /= scale;
      square += row[k]! * row[k]!;
    }
    const last = row[i - 1]!;
    const root = last > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    beside[i] = scale * root;
    square -= last * root;
    row[i - 1] = last - root;
    reflect(z, n, i, row, square, beside);
    diagonal[i] = square;
  }
  diagonal[0] = 0;
  beside[0] = 0;
  accumulate(z, n, diagonal);
}

/** Applies the reflection of `row` from both sides to the rows and columns before i. */
function reflect(
  z: Float64Array,
  n: number,
  i: number,
  row: Float64Array,
  square: number,
  beside: Float64Array,
) {
  let product = 0;
  for (let j = 0; j < i; j++) {
    z[j * n + i] = row[j]! / square;
    let sum = 0;
    for (let k = 0; k <= j; k++) sum += z[j * n + k]! * row[k]!;
    for (let k = j + 1; k < i; k++) sum += z[k * n + j]! * row[k]!;
    beside[j] = sum / square;
    product += beside[j]! * row[j]!;
  }
  const half = product / (square + square);
  for (let j = 0; j < i; j++) {
    const f = row[j]!;
    const g = (beside[j]! -= half * f);
    for (let k = 0; k <= j; k++) z[j * n + k]! -= f * beside[k]! + g * row[k]!;
  }
}

/** Multiplies the reflections out. */
function accumulate(z: Float64Array, n: number, diagonal: Float64Array) {
  for (let i = 0; i < n; i++) {
    if (diagonal[i] !== 0) {
      const sums = new Float64Array(i);
      for (let k = 0; k < i; k++) {
        const factor = z[i * n + k]!;
        for (let j = 0; j < i; j++) sums[j]! += factor * z[k * n + j]!;
      }
      for (let k = 0; k < i; k++) {
        const factor = z[k * n + i]!;
        for (let j = 0; j < i; j++) z[k * n + j]! -= sums[j]! * factor;
      }
    }
    diagonal[i] = z[i * n + i]!;
    z[i * n + i] = 1;
    for (let j = 0; j < i; j++) {
      z[j * n + i] = 0;
      z[i * n + j] = 0;
    }
  }
}

/** Turns the three diagonals into one, each turn applied to the rows of v too. */
function diagonalise(v: Float64Array, n: number, diagonal: Float64Array, beside: Float64Array) {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.abs(diagonal[i]!) + Math.abs(beside[i]!));
  }
  const nothing = Number.EPSILON * largest;
  for (let l = 0; l < n; l++) {
    for (;;) {
      const m = endOfBlock(l, n, beside, nothing);
      if (m === l) break;
      let g = (diagonal[l + 1]! - diagonal[l]!) / (2 * beside[l]!);
      const root = Math.sqrt(g * g + 1);
      g = diagonal[m]! - diagonal[l]! + beside[l]! / (g + (g < 0 ? -root : root));
      let [sine, cosine, shift] = [1, 1, 0];
      let i = m - 1;
      for (; i >= l; i--) {
        const f = sine * beside[i]!;
        const b = cosine * beside[i]!;
        const r = Math.sqrt(f * f + g * g);
        beside[i + 1] = r;
        if (r === 0) {
          diagonal[i + 1]! -= shift;
          beside[m] = 0;
          break;
        }
        sine = f / r;
        cosine = g / r;
        g = diagonal[i + 1]! - shift;
        const t = (diagonal[i]! - g) * sine + 2 * cosine * b;
        shift = sine * t;
        diagonal[i + 1] = g + shift;
        g = cosine * t - b;
        rotateRows(v, n, i, sine, cosine);
      }
      if (i >= l) continue;
      diagonal[l]! -= shift;
      beside[l] = g;
      beside[m] = 0;
    }
  }
}

/** The last index of the block from l on whose side diagonal is not yet nothing. */
function endOfBlock(l: number, n: number, beside: Float64Array, nothing: number): number {
  let m = l;
  while (m < n - 1 && Math.abs(beside[m]!) > nothing) m++;
  return m;
}

function rotateRows(v: Float64Array, n: number, i: number, sine: number, cosine: number) {
  const upper = v.subarray(i * n, (i + 1) * n);
  const lower = v.subarray((i + 1) * n, (i + 2) * n);
  for (let k = 0; k < n; k++) {
    const f = lower[k]!;
    lower[k] = sine * upper[k]! + cosine * f;
    upper[k] = cosine * upper[k]! - sine * f;
  }
}
