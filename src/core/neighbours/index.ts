export { defaultEaseOptions, easeMatrix, type EaseOptions, fitsEase } from "./ease-matrix.ts";
export {
  contentEvidence,
  easeEvidence,
  type Evidence,
  filterEvidence,
  linearEvidence,
  transitionEvidence,
} from "./evidence.ts";
export { weightedEntries, type WeightedEntries } from "./weighted-entries.ts";
