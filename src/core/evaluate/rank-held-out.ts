import {
  type EvaluationConfig,
  PART,
  type Progress,
  type ScorerEvaluation,
} from "../../schema/index.ts";
import {
  type Dataset,
  heldOut,
  type Histories,
  histories,
  partsBefore,
  type Scorer,
} from "../data/index.ts";
import { Ranker, type RankingKernels, type Rankings } from "../rank/index.ts";
import { CALIBRATION_K } from "./calibration-evaluation.ts";
import { type Population, population } from "./population.ts";

/** What is held out of a data set, and how it is judged: the same in every shard, and where they are compared. */
export interface HeldOutTask {
  readonly dataset: Dataset;
  /** The held-out part that is ranked; the test rows where left out. */
  readonly part?: typeof PART.validation | typeof PART.test;
  readonly config: EvaluationConfig;
  /** (items) 1 where an item may be ranked; every item where left out. */
  readonly candidates?: Uint8Array | undefined;
}

/** Who ranks. Every scorer knows the rows of the parts before the held-out one. */
export interface Scorers {
  readonly model: Scorer;
  readonly baselines: readonly Scorer[];
  /** A fit of the configuration that is served now. */
  readonly served?: Scorer | undefined;
}

/** What ranking needs of its surroundings. */
export interface RankingRun {
  readonly kernels: RankingKernels;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** The users of an evaluation, and what they are ranked by. */
export interface HeldOutUsers {
  readonly history: Histories;
  readonly population: Population;
  /** List lengths at which the metrics are taken, ascending. */
  readonly ks: number[];
  /** Length of the longest list that anything is measured on. */
  readonly longest: number;
}

/** The lists that a scorer gave to the users of an evaluation, or to a shard of them. */
export interface RankedScorer {
  readonly name: string;
  readonly role: ScorerEvaluation["role"];
  readonly rankings: Rankings;
}

/** Rows [start, end) of the population's users. */
export interface UserRange {
  readonly start: number;
  readonly end: number;
}

/** How many users are ranked unless the configuration says: as many as score so many pairs, and at least so many. */
const SCORED_PAIRS = 2e9;
const FEWEST_USERS = 10_000;

/** Draws the users who are ranked: the same ones from the same data and configuration. */
export function heldOutUsers(task: HeldOutTask): HeldOutUsers {
  const { dataset, config, candidates, part = PART.test } = task;
  const history = histories(dataset, partsBefore(part));
  const ks = [...new Set([...config.ks, config.gate.k])].sort((a, b) => a - b);
  return {
    history,
    population: population(history, heldOut(dataset, part), {
      candidates,
      maxUsers: config.maxUsers ?? Math.max(FEWEST_USERS, Math.floor(SCORED_PAIRS / dataset.items)),
      seed: config.seed,
    }),
    ks,
    longest: Math.max(...ks, CALIBRATION_K),
  };
}

/**
 * Ranks all items for some of the held-out users by every scorer, the model first.
 *
 * @param held - the users
 * @param range - which of them
 * @param task - what may be ranked, by whom, and on what
 * @throws RangeError if a scorer gives NaN or infinity
 */
export async function rankHeldOut(
  held: HeldOutUsers,
  range: UserRange,
  task: Pick<HeldOutTask, "candidates"> & Scorers & RankingRun,
): Promise<readonly RankedScorer[]> {
  const { candidates, kernels, signal, report } = task;
  const ranker = new Ranker(kernels, {
    users: held.population.users.subarray(range.start, range.end),
    k: held.longest,
    masked: held.history,
    candidates,
    signal,
    report,
  });
  const ranked: RankedScorer[] = [];
  for (const { scorer, role } of scorersOf(task)) {
    ranked.push({ name: scorer.name, role, rankings: await ranker.rank(scorer) });
  }
  return ranked;
}

function scorersOf({ model, served, baselines }: Scorers) {
  return [
    { scorer: model, role: "model" as const },
    ...(served === undefined ? [] : [{ scorer: served, role: "served" as const }]),
    ...baselines.map((scorer) => ({ scorer, role: "baseline" as const })),
  ];
}
