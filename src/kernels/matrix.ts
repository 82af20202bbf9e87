/** A dense matrix, row after row: element (r, c) is `values[r · columns + c]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/**
 * R lists of indices in one array (CSR): row r has the entries p from `offsets[r]` to `offsets[r + 1]`.
 *
 * A part of the rows, r0 to r1, is the same object with `offsets.subarray(r0, r1 + 1)`.
 */
export interface SparseRows {
  /** (R + 1), never falling. */
  readonly offsets: Uint32Array;
  /** (P), one index for each entry. */
  readonly indices: Uint32Array;
  /** (P), one weight for each entry; without it each is 1. */
  readonly weights?: Float32Array | undefined;
}

/** `rows` rows of a matrix, from `firstRow` on, over the same memory. */
export function subMatrix(matrix: Matrix, rows: number, firstRow = 0): Matrix {
  const { columns, values } = matrix;
  if (firstRow < 0 || rows < 0 || firstRow + rows > matrix.rows) {
    throw new RangeError(
      `subMatrix: rows ${firstRow} to ${firstRow + rows} are not within a matrix of ${matrix.rows} rows`,
    );
  }
  return {
    rows,
    columns,
    values: values.subarray(firstRow * columns, (firstRow + rows) * columns),
  };
}
