import type { Matrix, SparseRows } from "./matrix.ts";

/** Throws unless `holds`, saying which operation cannot work and why. */
export function check(holds: boolean, operation: string, problem: string): void {
  if (!holds) throw new RangeError(`${operation}: ${problem}`);
}

/** A matrix as a message shows it. */
export function shape({ rows, columns }: Omit<Matrix, "values">): string {
  return `(${rows}, ${columns})`;
}

/** The kernels read four numbers at a time. */
export function checkMultipleOfFour(operation: string, { columns }: Matrix): void {
  check(
    columns % 4 === 0,
    operation,
    `the number of columns must be a multiple of 4, got ${columns}`,
  );
}

/** Rows that a result of `rows` rows is made from, with as many weights as indices. */
export function checkSparse(operation: string, sparse: SparseRows, rows: number): void {
  const { offsets, indices, weights } = sparse;
  check(
    offsets.length > rows,
    operation,
    `${rows} rows need ${rows + 1} offsets, got ${offsets.length}`,
  );
  check(
    weights === undefined || weights.length >= indices.length,
    operation,
    `${indices.length} indices need as many weights, got ${weights?.length ?? 0}`,
  );
}
