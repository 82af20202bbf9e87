import type { Matrix } from "../../kernels/index.ts";
import type { Scratch } from "../rows/scratch.ts";
import type { QueryHead } from "./parameters.ts";

/**
 * Passes queries through the residual network: out = z + relu(z · hiddenᵀ) · output.
 *
 * Nothing scales or shifts in it: z has length 1, and what follows looks at the direction of out alone.
 *
 * @param head - its tables
 * @param z - (R, D), rows of length 1; 0 for a user without a history, which stays 0
 * @param out - (R, D)
 * @param scratch - its buffers hold what is returned, until the next call
 * @returns (R, M), what the hidden units put out
 */
export function passHead(head: QueryHead, z: Matrix, out: Matrix, scratch: Scratch): Matrix {
  const { kernels } = scratch;
  const active = scratch.matrix("head.active", z.rows, head.hidden.values.rows);
  kernels.multiplyTransposed(active, z, head.hidden.values);
  kernels.rectify(active);
  out.values.set(z.values);
  kernels.multiply(out, active, head.output.values, { accumulate: true });
  return active;
}
