import type { ModelSettings } from "../../../src/core/model/settings.ts";

/** Settings for tests: small, without features. */
export function settingsOf(changes: Partial<ModelSettings>): ModelSettings {
  return {
    embeddingSize: 16,
    history: "flat",
    historyLength: 50,
    hiddenUnits: 0,
    positionsPerUser: 30,
    temperature: 0.2,
    negativeExponent: 0.5,
    userWeightExponent: 0,
    pairWeights: "graded",
    blend: { popularityPrior: 0, branches: { linear: 0, transition: 0, content: 0 } },
    negatives: 64,
    batchRows: 16,
    epochs: 20,
    learningRate: 0.02,
    itemIdDropout: 0,
    useFeatures: false,
    seed: 0,
    ...changes,
  };
}
