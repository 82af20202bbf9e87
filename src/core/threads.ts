import { availableParallelism } from "node:os";

import type { RecSysConfig } from "../schema/index.ts";

/** From 8 to 16 a fit gains 12 %, and the transform nothing (docs/performance.md, "More threads"). */
const MOST = 16;

/** The kernels' worker threads: as configured, else one for each processor that there is for them, by default this machine's. */
export function threadsFor(
  { threads }: Pick<RecSysConfig["training"], "threads">,
  processors = availableParallelism(),
): number {
  return threads ?? Math.min(MOST, Math.max(1, processors));
}
