export { evaluateStage } from "./evaluate-stage.ts";
export { readEvaluation } from "./evaluate/index.ts";
export { type ModelCard, readModelCard } from "./model/model-file.ts";
export { refitStage, trainStage } from "./train/train-stage.ts";
export { mergeStage } from "./transform/merge-stage.ts";
export { transformStage } from "./transform/transform-stage.ts";
export { type TestPair, withColdItems, withTestPairs } from "./benchmark/protocols.ts";
export { type ProtocolResult, runProtocol } from "./benchmark/run-protocol.ts";
export { type Dataset, readDataset } from "./data/index.ts";
