import type { Kernels } from "../../kernels/index.ts";

/** The kernels that ranking runs on. */
export type RankingKernels = Pick<
  Kernels,
  "matrix" | "float32" | "uint32" | "mark" | "reset" | "topK" | "logSumExpRows"
>;
