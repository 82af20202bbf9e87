import type { Kernels } from "../../kernels/index.ts";
import { PART, type TrainingConfig } from "../../schema/index.ts";
import { type Dataset, heldOut, histories, type Part, popularity } from "../data/index.ts";
import { defaultSettings } from "../model/default-settings.ts";
import type { ModelSettings } from "../model/settings.ts";
import type { FitData } from "./final-fit.ts";
import { type JudgedBlend, pickBlend } from "./pick-blend.ts";
import { type FitRun, search, type SearchData, type SearchResult } from "./search.ts";

/** Width at which candidates race. Narrower ones favour higher temperatures than the full width wants. */
const RACE_SIZE = 64;
/** Steps that tell candidates apart, and the epochs that they may take. */
const RACE_STEPS = 250;
const RACE_EPOCHS = { least: 3, most: 12 };
/** τ candidates, tried from the default up, and down if that is no gain. */
const TEMPERATURES = [0.05, 0.07, 0.1, 0.14, 0.2, 0.28, 0.4];
/** A default is left only for a gain of this factor: less is chance. */
const LEAST_GAIN = 1.01;

/** What tuning found, and what else was tried. */
export interface Tuning extends SearchResult {
  readonly race: readonly Candidate[];
  /** The blend of the towers alone, and every better one that was found. */
  readonly blends: readonly JudgedBlend[];
}

type Candidate = Pick<SearchResult, "settings" | "ndcg" | "curve">;

/**
 * Finds settings on the validation rows: short fits of a narrow model decide on the form of history
 * and the temperature, then the winner is searched at full width.
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
  const race: Candidate[] = [];
  const enter = async (settings: ModelSettings): Promise<Candidate> => {
    const mark = kernels.mark();
    const epochs = raceEpochs(data, settings);
    const narrow = {
      ...settings,
      embeddingSize: Math.min(settings.embeddingSize, RACE_SIZE),
      epochs,
    };
    const name = `race-${settings.history}-${String(settings.temperature)}`;
    const { ndcg, curve } = await search(kernels, data, narrow, epochs, name, run);
    kernels.reset(mark);
    const candidate = { settings, ndcg, curve };
    race.push(candidate);
    return candidate;
  };

  const forms: readonly ModelSettings["history"][] =
    dataset.timestamp === undefined ? ["flat"] : ["ordered", "flat"];
  let best: Candidate | undefined;
  for (const form of forms) {
    const climbed = await climbTemperature(defaultSettings(data.train, config, form), enter);
    if (best === undefined || climbed.ndcg > best.ndcg) best = climbed;
  }
  const found = await search(kernels, data, best!.settings, config.patience, "search", run);
  run.report({ activity: "blend" });
  const blends = pickBlend(kernels, found.model, data);
  const { blend, ndcg } = blends.at(-1)!;
  return {
    settings: { ...found.settings, blend },
    model: { ...found.model, settings: { ...found.model.settings, blend } },
    ndcg,
    curve: found.curve,
    race,
    blends,
  };
}

/** From the default temperature uphill, as far as each step is a clear gain. */
async function climbTemperature(
  settings: ModelSettings,
  enter: (settings: ModelSettings) => Promise<Candidate>,
): Promise<Candidate> {
  const start = await enter(settings);
  const from = TEMPERATURES.indexOf(settings.temperature);
  for (const direction of [1, -1]) {
    let best = start;
    for (let t = from + direction; t >= 0 && t < TEMPERATURES.length; t += direction) {
      const next = await enter({ ...settings, temperature: TEMPERATURES[t]! });
      if (next.ndcg < best.ndcg * LEAST_GAIN) break;
      best = next;
    }
    if (best !== start) return best;
  }
  return start;
}

/** Epochs of a race: the smaller the data, the fewer steps an epoch has. */
function raceEpochs({ train }: SearchData, settings: ModelSettings): number {
  const rows =
    settings.history === "flat"
      ? train.users
      : Math.min(train.itemIndices.length, train.users * settings.positionsPerUser);
  const epochs = Math.ceil((RACE_STEPS * settings.batchRows) / Math.max(1, rows));
  return Math.min(settings.epochs, RACE_EPOCHS.most, Math.max(RACE_EPOCHS.least, epochs));
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
