export { compareRankings } from "./compare-rankings.ts";
export { evaluateModel, type EvaluationTask } from "./evaluate-model.ts";
export { gate, POPULARITY_BASELINE } from "./gate.ts";
export { type Labels, readLabels, titleColumn } from "./labels.ts";
export {
  averagePrecisionAtK,
  hitRateAtK,
  ndcgAtK,
  precisionAtK,
  recallAtK,
  reciprocalRankAtK,
} from "./metrics/index.ts";
export { heldOutUsers, rankHeldOut } from "./rank-held-out.ts";
export { rankingsFolder, readRankings, writeRankings } from "./rankings-files.ts";
export { readEvaluation, writeEvaluation } from "./write-evaluation.ts";
