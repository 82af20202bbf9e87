import type { BranchName, ModelSettings } from "../../model/settings.ts";
import { roundPercent, whole } from "./numbers.ts";

/** A setting as people speak of it. */
export interface SettingWords {
  /** Short, for the head of a column. */
  readonly symbol: string;
  readonly name: string;
  /** The value with its unit. */
  readonly says: (settings: ModelSettings) => string;
  readonly does: string;
  /** The form of history that it has a meaning for; both where left out. */
  readonly only?: ModelSettings["history"];
}

export type SettingName = Exclude<keyof ModelSettings, "blend">;

/** Every setting but the blend. */
export const SETTING_WORDS: Readonly<Record<SettingName, SettingWords>> = {
  history: {
    symbol: "history",
    name: "Form of history",
    says: ({ history }) => history,
    does: "flat: all that a user did counts alike; ordered: the latest counts most, and the next item is predicted",
  },
  temperature: {
    symbol: "τ",
    name: "Temperature τ",
    says: ({ temperature }) => String(temperature),
    does: "cosines are divided by it: the lower, the sharper the best items are told from the rest",
  },
  negativeExponent: {
    symbol: "α",
    name: "Negative exponent α",
    says: ({ negativeExponent }) => String(negativeExponent),
    does: "negatives are drawn in proportion to popularity to this power",
  },
  userWeightExponent: {
    symbol: "ω",
    name: "User weight exponent ω",
    says: ({ userWeightExponent }) => String(userWeightExponent),
    does: "the higher, the less users with long histories decide",
  },
  pairWeights: {
    symbol: "weights",
    name: "Weights of interactions",
    says: ({ pairWeights }) => pairWeights,
    does: "graded: by rating, or by repeats where ratings say nothing; equal: every item that a user has had counts alike",
  },
  embeddingSize: {
    symbol: "width",
    name: "Width of the embeddings",
    says: ({ embeddingSize }) => `${embeddingSize} numbers`,
    does: "for each user and each item",
  },
  historyLength: {
    symbol: "looks back",
    name: "Looks back",
    says: ({ historyLength }) => `${historyLength} items`,
    does: "the latest items of a history that enter a query",
    only: "ordered",
  },
  hiddenUnits: {
    symbol: "hidden units",
    name: "Hidden units",
    says: ({ hiddenUnits }) => (hiddenUnits === 0 ? "none" : `${hiddenUnits} units`),
    does: "of the network that turns what a history sums up to into what is looked for next",
  },
  positionsPerUser: {
    symbol: "positions",
    name: "Positions of a user",
    says: ({ positionsPerUser }) => `at most ${positionsPerUser} an epoch`,
    does: "places in a history whose next item is predicted",
    only: "ordered",
  },
  negatives: {
    symbol: "negatives",
    name: "Negatives",
    says: ({ negatives }) => `${whole(negatives)} items`,
    does: "shared by a batch",
  },
  batchRows: {
    symbol: "batch",
    name: "Batch",
    says: ({ batchRows }) => `${whole(batchRows)} rows`,
    does: "users, or positions of users, in one step",
  },
  epochs: {
    symbol: "epochs",
    name: "Epochs",
    says: ({ epochs }) => `${epochs} passes`,
    does: "over the training rows in the final fit",
  },
  learningRate: {
    symbol: "rate",
    name: "Learning rate",
    says: ({ learningRate }) => String(learningRate),
    does: "step size of Adam at the start; it falls linearly to zero",
  },
  itemIdDropout: {
    symbol: "dropout",
    name: "Dropout of item ids",
    says: ({ itemIdDropout }) => `${roundPercent(itemIdDropout)} of the steps`,
    does: "see an item by its features alone, so that new items can be recommended",
  },
  useFeatures: {
    symbol: "features",
    name: "Item features",
    says: ({ useFeatures }) => (useFeatures ? "used" : "not used"),
    does: "attributes of the items enter the model where there are any",
  },
  seed: {
    symbol: "seed",
    name: "Seed",
    says: ({ seed }) => String(seed),
    does: "start of the random numbers: the same one gives the same model",
  },
};

/** What each branch of the blend counts. */
export const BRANCH_WORDS: Readonly<Record<BranchName, { name: string; does: string }>> = {
  linear: { name: "Linear model", does: "items often chosen by the users who chose these" },
  transition: { name: "Transitions", does: "what is often chosen soon after the latest items" },
  content: { name: "Content", does: "items whose features are like those of the history" },
};
