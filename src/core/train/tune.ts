import type { Kernels } from "../../kernels/index.ts";
import { PART, type TrainingConfig } from "../../schema/index.ts";
import { type Dataset, heldOut, histories, type Part, popularity } from "../data/index.ts";
import { defaultSettings } from "../model/default-settings.ts";
import type { ModelSettings } from "../model/settings.ts";
import type { FitData } from "./final-fit.ts";
import { type FitRun, search, type SearchResult } from "./search.ts";

/** The searches that were run, the best first. */
export type Tuning = readonly [SearchResult, ...SearchResult[]];

/**
 * Finds settings on the validation rows. Where rows have timestamps, both forms of history compete;
 * without them there is no order to learn from.
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
  const forms: readonly ModelSettings["history"][] =
    dataset.timestamp === undefined ? ["flat"] : ["flat", "ordered"];
  const results: SearchResult[] = [];
  for (const form of forms) {
    const settings = defaultSettings(data.train, config, form);
    results.push(await search(kernels, data, settings, config.patience, run));
  }
  const [best, ...others] = results.sort((a, b) => b.ndcg - a.ndcg);
  return [best!, ...others];
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
