import type { Matrix } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** The bend of a network's hidden units. */
export interface Rectifier {
  /** values[r, j] ← max(0, values[r, j]); 0 for NaN. */
  rectify(values: Matrix): void;
  /** dValues[r, j] ← 0 where values[r, j], a result of {@link rectify}, is 0; both (R, N). */
  rectifyBackward(dValues: Matrix, values: Matrix): void;
}

/** Numbers below which a thread's share of a plain pass is not worth its waking. */
const CHUNK_NUMBERS = 16_384;

/** The rectifier over a memory, run by a team. */
export function rectifier({ address }: KernelMemory, team: Team): Rectifier {
  return {
    rectify(values) {
      team.run("rectify", values.rows * values.columns, CHUNK_NUMBERS, [address(values.values)]);
    },
    rectifyBackward(dValues, values) {
      check(
        dValues.rows === values.rows && dValues.columns === values.columns,
        "rectifyBackward",
        `dValues ${shape(dValues)} and values ${shape(values)} must have the same shape`,
      );
      team.run("rectifyBackward", values.rows * values.columns, CHUNK_NUMBERS, [
        address(dValues.values),
        address(values.values),
      ]);
    },
  };
}
