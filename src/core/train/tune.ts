import type { Kernels } from "../../kernels/index.ts";
import { PART, type TrainingConfig } from "../../schema/index.ts";
import { type Dataset, heldOut, histories, type Part, popularity } from "../data/index.ts";
import { defaultSettings } from "../model/default-settings.ts";
import type { ModelSettings } from "../model/settings.ts";
import type { FitData } from "./final-fit.ts";
import { type FitRun, search, type SearchData, type SearchResult } from "./search.ts";

/** Width and epochs of the race between forms of history: enough to tell them apart. */
const RACE = { embeddingSize: 32, epochs: 3 };

/** What tuning found, and what else was tried. */
export interface Tuning extends SearchResult {
  readonly race: readonly Pick<SearchResult, "settings" | "ndcg" | "curve">[];
}

/**
 * Finds settings on the validation rows.
 *
 * Where rows have timestamps, the two forms of history race each other at a small width, and the winner
 * is searched in full; without timestamps there is no order to learn from.
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
    dataset.timestamp === undefined ? ["flat"] : ["ordered", "flat"];
  const race: SearchResult[] = [];
  for (const form of forms.length > 1 ? forms : []) {
    const mark = kernels.mark();
    const settings = { ...defaultSettings(data.train, config, form), ...RACE };
    race.push(await search(kernels, data, settings, RACE.epochs, `race-${form}`, run));
    kernels.reset(mark);
  }
  const winner = race.sort((a, b) => b.ndcg - a.ndcg)[0]?.settings.history ?? forms[0]!;
  const settings = defaultSettings(data.train, config, winner);
  return { ...(await search(kernels, data, settings, config.patience, "search", run)), race };
}

/** What a model is fitted on: the rows of these parts. */
export function fitData(
  dataset: Dataset,
  parts: readonly Part[],
  useFeatures: boolean,
): Omit<SearchData, "validation"> & FitData {
  const hasFeatures = useFeatures && dataset.itemTokens.count > 0;
  return {
    train: histories(dataset, parts),
    popularity: popularity(dataset, parts),
    tokens: hasFeatures ? dataset.itemTokens : undefined,
  };
}
