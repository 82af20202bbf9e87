import type { Kernels } from "../../kernels/index.ts";
import type { Progress } from "../../schema/index.ts";
import type { Tensors } from "../../storage/index.ts";
import type { HeldOut, Histories, Tokens } from "../data/index.ts";
import { initialParameters } from "../model/parameters.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { ModelScorer } from "../model/model-scorer.ts";
import { Scratch } from "../model/scratch.ts";
import type { ModelSettings } from "../model/settings.ts";
import { type Checkpoints, restore, snapshot } from "./checkpoint.ts";
import { Fit } from "./fit.ts";
import { NO_BRANCHES, POPULARITY_PRIORS } from "./pick-blend.ts";
import { ndcgOfBlends, validationUsers } from "./validation.ts";

/** Users ranked in each validation. */
const VALIDATION_USERS = 2000;
/** After the best epoch at a constant rate, the rate falls to zero over this share of as many epochs. */
const DECAY_SHARE = 0.4;
/** An epoch is better only by this factor: less is chance, and epochs cost. */
const LEAST_GAIN = 1.005;
/** Epochs of a fit that no validation row can stop. */
const UNVALIDATED_EPOCHS = 10;
/** A fit whose rate falls from the start needs this many times the best epochs. */
const FINAL_SHARE = 1.4;

/** What is trained on and what is validated on. */
export interface SearchData {
  readonly train: Histories;
  readonly validation: HeldOut;
  /** (I) interactions per item in the training part. */
  readonly popularity: Uint32Array;
  readonly tokens: Tokens | undefined;
}

/** One validated epoch. */
export interface LearningPoint {
  readonly epoch: number;
  readonly loss: number;
  readonly ndcg: number;
  readonly popularityPrior: number;
}

/** Settings for the final fit, and the model that was fitted on the training part to find them. */
export interface SearchResult {
  readonly settings: ModelSettings;
  readonly model: FittedModel;
  readonly ndcg: number;
  readonly curve: readonly LearningPoint[];
}

/** What a fit needs from its surroundings. */
export interface FitRun {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  readonly checkpoints: Checkpoints;
}

/** Where a search stands between two epochs. */
interface SearchState {
  /** Epochs trained, decaying ones included. */
  epoch: number;
  /** The best one at a constant rate, from 1. */
  bestEpoch: number;
  /** The first decaying epoch, once the constant rate has come to its end. */
  decayFrom: number | undefined;
  curve: LearningPoint[];
}

/**
 * Trains at a constant rate until validation NDCG@10 stops improving, returns to the best epoch, lets
 * the rate fall to zero, and picks the popularity prior β.
 *
 * @param kernels - where the model lives
 * @param data - what to learn from, what to be judged on
 * @param settings - `epochs` is the most that is tried
 * @param patience - epochs without a gain before the constant rate ends
 * @param name - of the checkpoints
 * @param run - the surroundings
 */
export async function search(
  kernels: Kernels,
  data: SearchData,
  settings: ModelSettings,
  patience: number,
  name: string,
  run: FitRun,
): Promise<SearchResult> {
  const parameters = initialParameters(kernels, shapeOf(data, settings), settings.seed);
  const model = { parameters, settings, popularity: data.popularity, tokens: data.tokens };
  const fit = new Fit(kernels, model, data.train);
  const pickPrior = priorPicker(kernels, model, data);
  const saved = await run.checkpoints.load(name);
  const state = (saved?.state as SearchState | undefined) ?? {
    epoch: 0,
    bestEpoch: 0,
    decayFrom: undefined,
    curve: [],
  };
  if (saved !== undefined) restore(parameters, saved.tensors, "");
  let best: Tensors = saved?.tensors ?? {};

  const trainEpoch = (learningRate: (share: number) => number): LearningPoint => {
    const last = state.curve.at(-1);
    const figures = {
      epoch: state.epoch + 1,
      ...(last && { loss: last.loss, "ndcg@10": last.ndcg }),
    };
    const { loss } = fit.epoch(state.epoch, {
      learningRate,
      signal: run.signal,
      report: (done, total) => {
        run.report({
          activity: `find settings, ${settings.history}`,
          done,
          total,
          unit: "rows",
          figures,
        });
      },
    });
    const point = { epoch: ++state.epoch, loss, ...pickPrior() };
    state.curve.push(point);
    return point;
  };
  const save = (): Promise<void> =>
    run.checkpoints.save(name, state, { ...best, ...snapshot(parameters, "") });

  while (
    state.decayFrom === undefined &&
    state.epoch < settings.epochs &&
    state.epoch - state.bestEpoch < patience
  ) {
    const bestNdcg = state.curve[state.bestEpoch - 1]?.ndcg ?? 0;
    const { epoch, ndcg } = trainEpoch(() => settings.learningRate);
    if (ndcg > bestNdcg * LEAST_GAIN) {
      state.bestEpoch = epoch;
      best = snapshot(parameters, "best.");
    }
    await save();
  }
  if (state.bestEpoch === 0) {
    const unvalidated = { ...settings, epochs: Math.min(settings.epochs, UNVALIDATED_EPOCHS) };
    return { settings: unvalidated, model, ndcg: 0, curve: state.curve };
  }
  if (state.decayFrom === undefined) {
    restore(parameters, best, "best.");
    state.decayFrom = state.epoch;
  }
  const decayEpochs = Math.max(1, Math.round(DECAY_SHARE * state.bestEpoch));
  for (let epoch = state.epoch - state.decayFrom; epoch < decayEpochs; epoch++) {
    trainEpoch((share) => settings.learningRate * (1 - (epoch + share) / decayEpochs));
    await save();
  }
  const { popularityPrior, ndcg } = state.curve.at(-1)!;
  const epochs = Math.max(1, Math.round(FINAL_SHARE * state.bestEpoch));
  const blend = { popularityPrior, branches: NO_BRANCHES };
  return {
    settings: { ...settings, blend, epochs },
    model: { ...model, settings: { ...settings, blend } },
    ndcg,
    curve: state.curve,
  };
}

/** The sizes of a model's tables for these data. */
export function shapeOf(
  { train, tokens }: Pick<SearchData, "train" | "tokens">,
  settings: ModelSettings,
): Parameters<typeof initialParameters>[1] {
  return {
    embeddingSize: settings.embeddingSize,
    items: train.items,
    tokens: tokens?.count ?? 0,
    recent: settings.history === "ordered",
  };
}

/** Ranks the validation users under every β and names the best; their cosines are computed once. */
function priorPicker(
  kernels: Kernels,
  model: FittedModel,
  { train, validation }: SearchData,
): () => Pick<LearningPoint, "ndcg" | "popularityPrior"> {
  const scorer = new ModelScorer(kernels, model, train, { branches: new Map() });
  const scratch = new Scratch(kernels);
  const users = validationUsers(validation, VALIDATION_USERS, model.settings.seed);
  const blends = POPULARITY_PRIORS.map((popularityPrior) => ({
    popularityPrior,
    branches: NO_BRANCHES,
  }));
  return () => {
    scorer.refresh();
    const judged = ndcgOfBlends(scorer, blends, train, validation, users, scratch);
    const ndcg = Math.max(...judged);
    return { ndcg, popularityPrior: POPULARITY_PRIORS[judged.indexOf(ndcg)]! };
  };
}
