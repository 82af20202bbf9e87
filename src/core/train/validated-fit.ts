import type { Kernels } from "../../kernels/index.ts";
import type { HeldOut } from "../data/index.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { ModelScorer } from "../model/model-scorer.ts";
import { Scratch } from "../rows/scratch.ts";
import type { ModelSettings } from "../model/settings.ts";
import { type EpochPoint, type FitData, fitEpochs } from "./final-fit.ts";
import type { FitRun } from "./fit-run.ts";
import { NO_BRANCHES, POPULARITY_PRIORS } from "./pick-blend.ts";
import { decidingUsers, ndcgOfBlends, validationUsers } from "./validation.ts";

/** Users ranked after an epoch, to draw the learning curve. */
const CURVE_USERS = 1000;

/** What is trained on and what is validated on. */
export interface SearchData extends FitData {
  readonly validation: HeldOut;
}

/** One validated epoch: NDCG@10 at the best popularity prior β so far or one of its neighbours. */
export interface LearningPoint extends EpochPoint {
  readonly ndcg: number;
  readonly popularityPrior: number;
}

/** A fit on the training part and how it ranks the validation rows, at its best β. */
export interface ValidatedFit {
  readonly settings: ModelSettings;
  readonly model: FittedModel;
  readonly ndcg: number;
  readonly curve: readonly LearningPoint[];
}

/** Fits on the training part, draws the learning curve, and judges the result on the validation rows. */
export async function validatedFit(
  kernels: Kernels,
  data: SearchData,
  settings: ModelSettings,
  name: string,
  run: FitRun,
): Promise<ValidatedFit> {
  const judge = (model: FittedModel) => {
    const judged = priorJudge(kernels, model, data, CURVE_USERS);
    return (point: EpochPoint, before: LearningPoint | undefined): LearningPoint => {
      const prior = before?.popularityPrior ?? settings.blend.popularityPrior;
      const from = Math.max(0, POPULARITY_PRIORS.indexOf(prior));
      const { place, ndcg } = judged(
        [from - 1, from, from + 1].filter((p) => p in POPULARITY_PRIORS),
      );
      return { ...point, ndcg, popularityPrior: POPULARITY_PRIORS[place]! };
    };
  };
  const { model, curve } = await fitEpochs(kernels, data, settings, judge, name, run);
  const { place, ndcg } = priorJudge(
    kernels,
    model,
    data,
    decidingUsers(data.train.items),
  )([...POPULARITY_PRIORS.keys()]);
  const blend = { popularityPrior: POPULARITY_PRIORS[place]!, branches: NO_BRANCHES };
  const found = { ...settings, blend };
  return { settings: found, model: { ...model, settings: found }, ndcg, curve };
}

/** Ranks the same validation users at each call, under the β at the given places of the list; names the best. */
function priorJudge(
  kernels: Kernels,
  model: FittedModel,
  { train, validation }: SearchData,
  most: number,
): (places: readonly number[]) => { readonly place: number; readonly ndcg: number } {
  const scorer = new ModelScorer(kernels, model, train, { branches: new Map() });
  const scratch = new Scratch(kernels);
  const users = validationUsers(train, validation, most, model.settings.seed);
  return (places) => {
    scorer.refresh();
    const blends = places.map((place) => ({
      popularityPrior: POPULARITY_PRIORS[place]!,
      branches: NO_BRANCHES,
    }));
    const judged = ndcgOfBlends(scorer, blends, train, validation, users, scratch);
    const ndcg = Math.max(...judged);
    return { place: places[judged.indexOf(ndcg)]!, ndcg };
  };
}
