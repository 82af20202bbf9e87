export { compareStage } from "./compare-stage.ts";
export { evaluateStage } from "./evaluate-stage.ts";
export { readEvaluation } from "./evaluate/index.ts";
export { type KnownRows, knownRows } from "./model/known-rows.ts";
export { type ModelCard, readModelCard } from "./model/model-file.ts";
export { requireRowNames } from "./model/row-names.ts";
export { threadsFor } from "./threads.ts";
export { averageStage, roundStage } from "./train/round-stages.ts";
export { refitStage, trainStage } from "./train/train-stage.ts";
export { mergeStage } from "./transform/merge-stage.ts";
export { transformStage } from "./transform/transform-stage.ts";
export { type TestPair, withColdItems, withTestPairs } from "./benchmark/protocols.ts";
export { type ProtocolResult, runProtocol } from "./benchmark/run-protocol.ts";
export { type Dataset, readDataset } from "./data/index.ts";
export { type ItemVectors, openItemVectors, type SimilarItem } from "./model/item-vectors.ts";
export type { GivenInteraction } from "./data/index.ts";
export {
  openScoring,
  type ScoredList,
  type Scoring,
  type ScoringQuery,
} from "./transform/open-scoring.ts";
export { type ItemRank, openRanking, type Ranking } from "./transform/open-ranking.ts";
