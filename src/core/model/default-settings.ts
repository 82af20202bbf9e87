import type { TrainingConfig } from "../../schema/index.ts";
import type { Histories } from "../data/index.ts";
import type { ModelSettings } from "./settings.ts";

/** Users with longer histories than this on average are told apart less by what they hold in common. */
const DENSE_HISTORY = 60;

/** Hidden units of the query's network for every column of the embeddings. */
const HIDDEN_UNITS_OF_A_COLUMN = 2;

/** Positions of one user in an epoch at most, and rows of an epoch beyond which they are fewer: its draws differ each time. */
const MOST_POSITIONS = 20;
const EPOCH_ROWS = 2e6;

/**
 * The settings a fit starts from.
 *
 * Sparse and dense data want another temperature, negative exponent and user weight; the figures are
 * those found on Gowalla (27 items a user) and MovieLens-1M (165).
 */
export function defaultSettings(
  history: Histories,
  config: TrainingConfig,
  form: ModelSettings["history"],
): ModelSettings {
  const meanHistory = history.itemIndices.length / Math.max(1, history.users);
  const dense = meanHistory > DENSE_HISTORY;
  const common = {
    embeddingSize: config.embeddingSize,
    history: form,
    historyLength: 50,
    pairWeights: "graded" as const,
    positionsPerUser: Math.max(
      1,
      Math.min(MOST_POSITIONS, Math.round(EPOCH_ROWS / Math.max(1, history.users))),
    ),
    blend: { popularityPrior: 0.5, branches: { linear: 0, transition: 0, content: 0 } },
    negatives: config.negatives,
    epochs: config.maxEpochs,
    learningRate: config.learningRate,
    itemIdDropout: config.itemIdDropout,
    useFeatures: config.useFeatures,
    seed: config.seed,
  };
  if (form === "ordered") {
    return {
      ...common,
      // A row has one positive where a flat row has many: fewer negatives, more rows, the same cost.
      negatives: Math.ceil(config.negatives / 2),
      hiddenUnits: HIDDEN_UNITS_OF_A_COLUMN * config.embeddingSize,
      temperature: 0.1,
      negativeExponent: 0.5,
      userWeightExponent: 0.5,
      batchRows: 512,
    };
  }
  // A small shop's epoch has enough steps for Adam to get anywhere.
  const most = Math.min(1024, history.users / 32);
  return {
    ...common,
    // A flat query is asked for its own history: there is nothing to turn it into.
    hiddenUnits: 0,
    temperature: dense ? 0.14 : 0.1,
    negativeExponent: dense ? 0.5 : 0.75,
    userWeightExponent: dense ? 0.5 : 0,
    batchRows: Math.round(clamp(7000 / Math.max(1, meanHistory), 16, Math.max(16, most))),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
