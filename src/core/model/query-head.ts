import type { Matrix } from "../../kernels/index.ts";
import type { Scratch } from "../rows/scratch.ts";
import type { QueryHead } from "./parameters.ts";

/**
 * Passes queries through the residual network: out = z + relu(z · hiddenᵀ) · output.
 *
 * Nothing scales or shifts in it: z has length 1, and what follows looks at the direction of out alone.
 *
 * @param z - (R, D), rows of length 1; 0 for a user without a history, which stays 0
 * @param out - (R, D)
 * @returns (R, M), what the hidden units put out
 */
export function passHead(
  { hidden, output }: QueryHead,
  z: Matrix,
  out: Matrix,
  scratch: Scratch,
): Matrix {
  const { kernels } = scratch;
  const active = scratch.matrix("head.active", z.rows, hidden.values.rows);
  kernels.multiplyTransposed(active, z, hidden.values);
  const { values } = active;
  for (let i = 0; i < values.length; i++) if (!(values[i]! > 0)) values[i] = 0;
  out.values.set(z.values);
  kernels.multiply(out, active, output.values, { accumulate: true });
  return active;
}
