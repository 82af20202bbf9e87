import { type Kernels, random } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import type { ModelSettings } from "../model/settings.ts";
import type { TrainingBudget } from "./budget.ts";
import type { FitRun } from "./fit-run.ts";
import { stepsPerEpoch } from "./rows.ts";
import { historiesOfSome, rowsOfSome } from "./some-users.ts";
import { type SearchData, type ValidatedFit, validatedFit } from "./validated-fit.ts";

/** Width at which candidates race. Narrower ones favour higher temperatures than the full width wants. */
const RACE_SIZE = 64;
/** Steps that tell candidates apart, and the epochs that they may take. */
const RACE_STEPS = 750;
const MOST_EPOCHS = 20;
/** Steps of a race's epoch at most: beyond, only a share of the users takes part, but never a smaller one. */
const EPOCH_STEPS = 250;
const LEAST_SHARE = 0.3;
/** τ candidates, tried from the default up, and down if that is no gain. */
const TEMPERATURES = [0.05, 0.07, 0.1, 0.14, 0.2, 0.28, 0.4];
const NEGATIVE_EXPONENTS = [0.5, 0.75, 1];
const USER_WEIGHT_EXPONENTS = [0, 0.5, 1];
/** A default is left only for a gain of this factor: less is chance. */
const LEAST_GAIN = 1.01;

/** A candidate of the race and what it reached. */
export type Candidate = Pick<ValidatedFit, "settings" | "ndcg" | "curve">;

/**
 * Short fits of a narrow model decide on the form of history, on τ, the weights of pairs, α and ω: from each form's
 * defaults the temperature climbs, then the better form's other settings do.
 *
 * @returns the winner's settings at full width, and all candidates in the order tried
 */
export async function race(
  kernels: Kernels,
  data: SearchData,
  starts: readonly ModelSettings[],
  run: FitRun,
  budget: TrainingBudget | undefined,
): Promise<{ readonly winner: ModelSettings; readonly candidates: readonly Candidate[] }> {
  const candidates: Candidate[] = [];
  const sampledFor = onceForEachShare(data);
  const enter = async (settings: ModelSettings): Promise<Candidate> => {
    const mark = kernels.mark();
    const sample = sampledFor(settings);
    const sized = { ...settings, ...raceSize(settings) };
    const wanted = raceEpochs(sample.train, settings);
    const epochs = budget?.raceEpochs(sample.train, sized, wanted) ?? wanted;
    const narrow = { ...sized, epochs };
    const { ndcg, curve } = await validatedFit(kernels, sample, narrow, nameOf(settings), {
      ...run,
      activity: `find settings, ${settings.history}`,
    });
    kernels.reset(mark);
    budget?.spendOnRace(sample.train, narrow);
    const candidate = { settings, ndcg, curve };
    candidates.push(candidate);
    return candidate;
  };
  const mayEnter = (): boolean => budget?.affordsCandidate(candidates.length) ?? true;
  const entry = { enter, mayEnter };

  let best: Candidate | undefined;
  for (const start of starts) {
    const climbed = await climb(await enter(start), "temperature", TEMPERATURES, entry);
    if (best === undefined || climbed.ndcg > best.ndcg) best = climbed;
  }
  if (isGraded(data.train)) best = await climb(best!, "pairWeights", ["graded", "equal"], entry);
  best = await climb(best!, "negativeExponent", NEGATIVE_EXPONENTS, entry);
  best = await climb(best, "userWeightExponent", USER_WEIGHT_EXPONENTS, entry);
  return { winner: best.settings, candidates };
}

/** How candidates come into the race, and whether there is room for another. */
interface Entry {
  readonly enter: (settings: ModelSettings) => Promise<Candidate>;
  readonly mayEnter: () => boolean;
}

/** From the start's value uphill, then downhill if that was no gain, as far as each step is a clear gain. */
async function climb<
  Name extends "temperature" | "negativeExponent" | "userWeightExponent" | "pairWeights",
>(
  start: Candidate,
  setting: Name,
  values: readonly ModelSettings[Name][],
  { enter, mayEnter }: Entry,
): Promise<Candidate> {
  const from = values.indexOf(start.settings[setting]);
  for (const direction of [1, -1]) {
    let best = start;
    for (let at = from + direction; at >= 0 && at < values.length && mayEnter(); at += direction) {
      const next = await enter({ ...start.settings, [setting]: values[at]! });
      if (next.ndcg < best.ndcg * LEAST_GAIN) break;
      best = next;
    }
    if (best !== start) return best;
  }
  return start;
}

/** A checkpoint's name. */
function nameOf(settings: ModelSettings): string {
  const { history, temperature, pairWeights, negativeExponent, userWeightExponent } = settings;
  return ["race", history, temperature, pairWeights, negativeExponent, userWeightExponent].join(
    "-",
  );
}

/** Do pairs weigh differently? */
function isGraded({ weights }: Histories): boolean {
  return weights.some((weight) => weight !== weights[0]);
}

function raceSize({ embeddingSize, hiddenUnits }: ModelSettings) {
  const share = Math.min(1, RACE_SIZE / embeddingSize);
  return { embeddingSize: share * embeddingSize, hiddenUnits: Math.ceil(share * hiddenUnits) };
}

/** The smaller the data, the fewer steps an epoch has. */
function raceEpochs(train: Histories, settings: ModelSettings): number {
  const epochs = Math.ceil(RACE_STEPS / stepsPerEpoch(train, settings));
  return Math.min(settings.epochs, MOST_EPOCHS, epochs);
}

/** The data of a random share of the users, as large as a race needs, made once for candidates with equally many steps. */
function onceForEachShare(data: SearchData): (settings: ModelSettings) => SearchData {
  const made = new Map<number, SearchData>();
  return (settings) => {
    const share = Math.max(LEAST_SHARE, EPOCH_STEPS / stepsPerEpoch(data.train, settings));
    const known = made.get(share) ?? (share >= 1 ? data : sampledUsers(data, share, settings.seed));
    made.set(share, known);
    return known;
  };
}

/** The data of a random share of the users; items keep their numbers. */
function sampledUsers(data: SearchData, share: number, seed: number): SearchData {
  const draws = random(seed);
  const isIn = Uint8Array.from({ length: data.train.users }, () =>
    draws.uniform() < share ? 1 : 0,
  );
  const train = historiesOfSome(data.train, isIn);
  const popularity = new Uint32Array(train.items);
  for (const item of train.itemIndices) popularity[item]!++;
  const validation = { ...data.validation, ...rowsOfSome(data.validation, isIn) };
  return { ...data, train, popularity, validation };
}
