import type { Matrix } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Scores that become probabilities, and which of those reach a floor. */
export interface Curves {
  /**
   * out[r, j] = 1 / (1 + exp(−c_r(shifts[r] + slopes[r] · input[r, j]))) and sums[r] = Σ_j out[r, j].
   *
   * c_r is linear between the points of curves[r, :], which stand at 0, 1, …, and goes on along its first and last
   * piece.
   *
   * @param out - (R, N); may be input
   * @param sums - (R)
   * @param input - (R, N)
   * @param along - the curves (R, C), C ≥ 2, and where on them a number stands, (R) each
   */
  sigmoidOfCurve(out: Matrix, sums: Float32Array, input: Matrix, along: AlongCurves): void;
  /**
   * The columns j of each row with values[r, j] ≥ floors[j] or values[r, j] ≥ scales[r] · scaledFloors[j].
   *
   * @param outColumns - (R · N), those of row r ascending from r · N on
   * @param outCounts - (R), how many there are
   * @param values - (R, N)
   */
  columnsReaching(
    outColumns: Uint32Array,
    outCounts: Uint32Array,
    values: Matrix,
    floors: ColumnFloors,
  ): void;
}

export interface AlongCurves {
  readonly curves: Matrix;
  readonly shifts: Float32Array;
  readonly slopes: Float32Array;
}

export interface ColumnFloors {
  /** (N) */
  readonly floors: Float32Array;
  /** (N) */
  readonly scaledFloors: Float32Array;
  /** (R) */
  readonly scales: Float32Array;
}

/** The operations on curves over a memory, run by a team. */
export function curves({ address }: KernelMemory, team: Team): Curves {
  return {
    sigmoidOfCurve(out, sums, input, along) {
      const { rows, columns } = input;
      check(
        out.rows === rows && out.columns === columns,
        "sigmoidOfCurve",
        `out ${shape(out)} and input ${shape(input)} must have the same shape`,
      );
      check(
        along.curves.rows >= rows && along.curves.columns >= 2,
        "sigmoidOfCurve",
        `${rows} rows need as many curves of at least 2 points, got ${shape(along.curves)}`,
      );
      check(
        sums.length >= rows && along.shifts.length >= rows && along.slopes.length >= rows,
        "sigmoidOfCurve",
        `${rows} rows need as many sums, shifts and slopes`,
      );
      team.run("sigmoidOfCurve", rows, 1, [
        address(out.values),
        address(sums),
        address(input.values),
        columns,
        address(along.curves.values),
        along.curves.columns,
        address(along.shifts),
        address(along.slopes),
      ]);
    },
    columnsReaching(outColumns, outCounts, values, { floors, scaledFloors, scales }) {
      const { rows, columns } = values;
      check(
        outColumns.length >= rows * columns && outCounts.length >= rows && scales.length >= rows,
        "columnsReaching",
        `${rows} rows of ${columns} columns do not fit in ${outColumns.length} columns, ${outCounts.length} counts and ${scales.length} scales`,
      );
      check(
        floors.length >= columns && scaledFloors.length >= columns,
        "columnsReaching",
        `${columns} columns need as many floors, got ${floors.length} and ${scaledFloors.length}`,
      );
      team.run("columnsReaching", rows, 1, [
        address(outColumns),
        address(outCounts),
        address(values.values),
        columns,
        address(floors),
        address(scaledFloors),
        address(scales),
      ]);
    },
  };
}
