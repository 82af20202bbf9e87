import type { Matrix } from "../../kernels/index.ts";
import type { QueryHead } from "../model/parameters.ts";
import { passHead } from "../model/query-head.ts";
import type { Scratch } from "../rows/scratch.ts";
import type { TableGradient } from "./table-gradient.ts";

/** All rows of the network's tables learn in every step: at the rate of rows that few steps touch they never settle. */
const HEAD_RATE = 0.1;

/** Queries on their way to the cosines. */
export interface QueryPass {
  /** (R, D), rows of length 1 */
  readonly z: Matrix;
  /**
   * From d loss / dz to d loss / d query, (R, D), which replaces what `dQuery` held.
   *
   * @returns the gradients of the network's tables, if there is one
   */
  back(dz: Matrix, dQuery: Matrix): readonly TableGradient[];
}

/** Normalises the queries (R, D), and passes them through the residual network where there is one. */
export function passQueries(
  query: Matrix,
  head: QueryHead | undefined,
  scratch: Scratch,
): QueryPass {
  const { kernels } = scratch;
  const direction = scratch.matrix("pass.direction", query.rows, query.columns);
  const lengths = scratch.float32("pass.lengths", query.rows);
  kernels.normaliseRows(direction, lengths, query);
  if (head === undefined) {
    return {
      z: direction,
      back(dz, dQuery) {
        kernels.normaliseRowsBackward(dQuery, dz, direction, lengths);
        return [];
      },
    };
  }
  const turned = scratch.matrix("pass.turned", query.rows, query.columns);
  const active = passHead(head, direction, turned, scratch);
  const z = scratch.matrix("pass.z", query.rows, query.columns);
  const turnedLengths = scratch.float32("pass.turnedLengths", query.rows);
  kernels.normaliseRows(z, turnedLengths, turned);
  return {
    z,
    back(dz, dQuery) {
      const dTurned = scratch.matrix("pass.dTurned", query.rows, query.columns);
      kernels.normaliseRowsBackward(dTurned, dz, z, turnedLengths);
      const { dDirection, gradients } = headBackward(head, direction, active, dTurned, scratch);
      kernels.normaliseRowsBackward(dQuery, dDirection, direction, lengths);
      return gradients;
    },
  };
}

/** Back through out = z + relu(z · hiddenᵀ) · output; dOut is overwritten by dz. */
function headBackward(
  { hidden, output }: QueryHead,
  z: Matrix,
  active: Matrix,
  dOut: Matrix,
  scratch: Scratch,
): { readonly dDirection: Matrix; readonly gradients: readonly TableGradient[] } {
  const { kernels } = scratch;
  const rows = scratch.uint32("head.rows", active.columns);
  rows.forEach((_, row) => (rows[row] = row));
  const dOutput = scratch.matrix("head.dOutput", active.columns, z.columns);
  kernels.multiplyLeftTransposed(dOutput, active, dOut);
  const dActive = scratch.matrix("head.dActive", active.rows, active.columns);
  kernels.multiplyTransposed(dActive, dOut, output.values);
  kernels.rectifyBackward(dActive, active);
  const dHidden = scratch.matrix("head.dHidden", active.columns, z.columns);
  kernels.multiplyLeftTransposed(dHidden, dActive, z);
  kernels.multiply(dOut, dActive, hidden.values, { accumulate: true });
  return {
    dDirection: dOut,
    gradients: [
      { table: hidden, rows, gradients: dHidden, rate: HEAD_RATE },
      { table: output, rows, gradients: dOutput, rate: HEAD_RATE },
    ],
  };
}
