import type { Matrix } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, checkMultipleOfFour, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Rows scaled to length 1, so that their dot products are cosines. D is a multiple of 4. */
export interface Normalisation {
  /**
   * out[r, :] = input[r, :] / ‖input[r, :]‖. A row of zeros stays one, with inverse norm 0. out may be input.
   *
   * @param out - (R, D)
   * @param inverseNorms - (R), 1 / ‖input[r, :]‖
   * @param input - (R, D)
   */
  normaliseRows(out: Matrix, inverseNorms: Float32Array, input: Matrix): void;
  /**
   * dInput = (dOut − out · (out · dOut)) · inverseNorm, row by row: what {@link Normalisation.normaliseRows} hands back.
   * dInput may be dOut.
   */
  normaliseRowsBackward(
    dInput: Matrix,
    dOut: Matrix,
    out: Matrix,
    inverseNorms: Float32Array,
  ): void;
}

/** The normalisation over a memory, run by a team. */
export function normalisation({ address }: KernelMemory, team: Team): Normalisation {
  const checkShapes = (
    operation: string,
    inverseNorms: Float32Array,
    matrices: readonly Matrix[],
  ): void => {
    const [first] = matrices as [Matrix];
    check(
      matrices.every(({ rows, columns }) => rows === first.rows && columns === first.columns),
      operation,
      `the matrices must have one shape, got ${matrices.map(shape).join(", ")}`,
    );
    check(
      inverseNorms.length >= first.rows,
      operation,
      `${first.rows} rows need as many inverse norms, got ${inverseNorms.length}`,
    );
    checkMultipleOfFour(operation, first);
  };

  return {
    normaliseRows(out, inverseNorms, input) {
      checkShapes("normaliseRows", inverseNorms, [out, input]);
      team.run("normaliseRows", out.rows, 16, [
        address(out.values),
        address(inverseNorms),
        address(input.values),
        out.columns,
      ]);
    },
    normaliseRowsBackward(dInput, dOut, out, inverseNorms) {
      checkShapes("normaliseRowsBackward", inverseNorms, [dInput, dOut, out]);
      team.run("normaliseRowsBackward", out.rows, 16, [
        address(dInput.values),
        address(dOut.values),
        address(out.values),
        address(inverseNorms),
        out.columns,
      ]);
    },
  };
}
