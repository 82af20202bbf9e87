export { listOf, type RankedBlock, Ranker, type Rankings, type RankingTask } from "./ranker.ts";
export type { RankingKernels } from "./ranking-kernels.ts";
