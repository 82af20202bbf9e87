import type { Kernels } from "../../kernels/index.ts";
import { PART, type TrainingConfig } from "../../schema/index.ts";
import { type Dataset, heldOut, histories, type Part, popularity } from "../data/index.ts";
import { type TrainingBudget, budgetOf } from "./budget.ts";
import { defaultSettings } from "../model/default-settings.ts";
import type { ModelSettings } from "../model/settings.ts";
import { restore, snapshot } from "./checkpoint.ts";
import type { FitData } from "./final-fit.ts";
import type { FitRun } from "./fit-run.ts";
import { type JudgedBlend, pickBlend } from "./pick-blend.ts";
import { type Candidate, race } from "./race.ts";
import { stepsPerEpoch } from "./rows.ts";
import { type SearchData, type ValidatedFit, validatedFit } from "./validated-fit.ts";

/** Steps of the first fit at full width. */
const FIRST_STEPS = 1000;
const FIRST_EPOCHS = { least: 3, most: 10 };
/** Steps of the longest fit: large data stop here, whatever more would bring. */
const MOST_STEPS = 40_000;
/** The epochs are doubled again after a gain of this factor: a blend makes up for most of less. */
const PROMISING_GAIN = 1.015;
/** A fit of so many steps is cheap, and taken for any gain; a longer one only for a gain of this factor. */
const CHEAP_STEPS = 6000;
const LEAST_GAIN = 1.01;

/** What tuning found, and what else was tried. */
export interface Tuning extends ValidatedFit {
  /** The short fits that decided on the form and its settings. */
  readonly race: readonly Candidate[];
  /** The fits at full width, each with twice the epochs of the one before. */
  readonly fits: readonly Candidate[];
  /** The blend of the towers alone, and every better one that was found. */
  readonly blends: readonly JudgedBlend[];
  readonly budget: TrainingBudget | undefined;
}

/**
 * Finds settings on the validation rows: a race decides on the form of history and its settings, fits at full
 * width on the number of epochs, and the best of them is blended with the branches.
 *
 * Without timestamps there is no order to learn from, and `flat` is the only form.
 */
export async function tune(
  kernels: Kernels,
  dataset: Dataset,
  config: TrainingConfig,
  run: FitRun,
): Promise<Tuning> {
  const data = {
    ...fitData(dataset, [PART.train], config.useFeatures),
    validation: heldOut(dataset, PART.validation),
  };
  const forms =
    dataset.timestamp === undefined ? (["flat"] as const) : (["ordered", "flat"] as const);
  const starts = forms.map((form) => defaultSettings(data.train, config, form));
  const budget = budgetOf(config);
  const { winner, candidates } = await race(kernels, data, starts, run, budget);
  const fits: Candidate[] = [];
  const found = await findEpochs(kernels, data, winner, fits, run, budget);
  run.report({ activity: "blend" });
  const blends = pickBlend(kernels, found.model, data);
  const { blend, ndcg } = blends.at(-1)!;
  const settings = { ...found.settings, blend };
  return {
    settings,
    model: { ...found.model, settings },
    ndcg,
    curve: found.curve,
    race: candidates,
    fits,
    blends,
    budget,
  };
}

/** Doubles the epochs until that no longer pays, and returns the best fit. */
async function findEpochs(
  kernels: Kernels,
  data: SearchData,
  settings: ModelSettings,
  tried: Candidate[],
  run: FitRun,
  budget: TrainingBudget | undefined,
): Promise<ValidatedFit> {
  const { least, most } = FIRST_EPOCHS;
  const steps = stepsPerEpoch(data.train, settings);
  const wanted = Math.ceil(FIRST_STEPS / steps);
  const sensible = Math.max(1, Math.min(settings.epochs, Math.floor(MOST_STEPS / steps)));
  const affordable = budget?.fitEpochs(data.train, settings, sensible) ?? sensible;
  let epochs = Math.min(affordable, most, Math.max(least, wanted));
  const fitFor = async (count: number): Promise<ValidatedFit> => {
    const fit = await validatedFit(kernels, data, { ...settings, epochs: count }, `fit-${count}`, {
      ...run,
      activity: `find the epochs, ${count}`,
    });
    tried.push({ settings: fit.settings, ndcg: fit.ndcg, curve: fit.curve });
    return fit;
  };
  // The best fit so far keeps its place in memory; a better one is copied over it.
  const best = await fitFor(epochs);
  let { settings: bestSettings, ndcg, curve } = best;
  while (epochs * 2 <= affordable) {
    epochs *= 2;
    const mark = kernels.mark();
    const next = await fitFor(epochs);
    const gain = next.ndcg / Math.max(ndcg, Number.MIN_VALUE);
    if (gain >= (steps * epochs <= CHEAP_STEPS ? 1 : LEAST_GAIN)) {
      restore(best.model.parameters, snapshot(next.model.parameters, ""), "");
      ({ settings: bestSettings, ndcg, curve } = next);
    }
    kernels.reset(mark);
    if (gain < PROMISING_GAIN) break;
  }
  const model = { ...best.model, settings: bestSettings };
  return { settings: bestSettings, model, ndcg, curve };
}

/** What a model is fitted on: the rows of these parts. */
export function fitData(dataset: Dataset, parts: readonly Part[], useFeatures: boolean): FitData {
  const hasFeatures = useFeatures && dataset.itemTokens.count > 0;
  return {
    train: histories(dataset, parts),
    popularity: popularity(dataset, parts),
    tokens: hasFeatures ? dataset.itemTokens : undefined,
  };
}
