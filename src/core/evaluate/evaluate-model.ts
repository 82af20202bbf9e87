import { type Kernels, random } from "../../kernels/index.ts";
import {
  type Evaluation,
  type EvaluationConfig,
  PART,
  type Progress,
  type ScorerEvaluation,
  type Slice,
} from "../../schema/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import {
  type Dataset,
  everyRowIsRelevant,
  heldOut,
  histories,
  partsBefore,
  type Scorer,
} from "../data/index.ts";
import { Ranker, type Rankings } from "../rank/index.ts";
import { CALIBRATION_K, evaluateCalibration } from "./calibration-evaluation.ts";
import { Comparison, measuresAt } from "./comparison.ts";
import { DEFINITIONS } from "./definitions.ts";
import { userExamples } from "./examples.ts";
import { gate } from "./gate.ts";
import { heldOutRows } from "./held-out-rows.ts";
import type { Labels } from "./labels.ts";
import { listStatistics } from "./list-statistics.ts";
import { population } from "./population.ts";
import { type SliceDefinition, sliceDefinitions } from "./slices.ts";

/** What is evaluated, and against what. Every scorer knows the rows of the parts before `part`. */
export interface EvaluationTask {
  readonly dataset: Dataset;
  /** The held-out part that is ranked; the test rows where left out. */
  readonly part?: typeof PART.validation | typeof PART.test;
  readonly model: Scorer;
  /** The model's; without one the probabilities are not judged. */
  readonly calibrator?: Calibrator | undefined;
  readonly baselines: readonly Scorer[];
  /** A fit of the configuration that is served now. */
  readonly served?: Scorer | undefined;
  readonly config: EvaluationConfig;
  /** Names users and items; without them no examples are shown. */
  readonly labels?: Labels | undefined;
  /** (items) 1 where an item may be ranked; every item where left out. */
  readonly candidates?: Uint8Array | undefined;
  readonly kernels: Kernels;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** How many users are ranked unless the configuration says: as many as score so many pairs, and at least so many. */
const SCORED_PAIRS = 2e9;
const FEWEST_USERS = 10_000;

/** Ranks all items for the held-out part by every scorer, compares them, and lets the gate decide. */
export async function evaluateModel(task: EvaluationTask): Promise<Evaluation> {
  const { dataset, config, candidates, kernels, part = PART.test } = task;
  const history = histories(dataset, partsBefore(part));
  const ranked = population(history, heldOut(dataset, part), {
    candidates,
    maxUsers: config.maxUsers ?? Math.max(FEWEST_USERS, Math.floor(SCORED_PAIRS / dataset.items)),
    seed: config.seed,
  });
  const { users, relevant } = ranked;
  const ks = [...new Set([...config.ks, config.gate.k])].sort((a, b) => a - b);
  const scorers = scorersOf(task);
  const rankings = await rankAll(task, scorers, {
    users,
    k: Math.max(...ks, CALIBRATION_K),
    masked: history,
    candidates,
  });

  task.report({ activity: "compare the rankings" });
  const compare = (wanted: readonly ReadonlySet<number>[], lengths: readonly number[]) =>
    new Comparison(rankings, wanted, measuresAt(lengths), {
      kernels,
      samples: config.bootstrapSamples,
      random: random(config.seed),
    });
  const comparison = compare(relevant, ks);
  const catalogue = { history, tokens: dataset.itemTokens, candidates };
  const evaluations = scorers.map(({ scorer, role }, s): ScorerEvaluation => ({
    name: scorer.name,
    role,
    metrics: comparison.estimates(s),
    lists: listStatistics(rankings[s]!, catalogue, ks),
  }));
  const leads = (measured: Comparison) =>
    scorers.slice(1).map(({ scorer }, other) => ({
      against: scorer.name,
      metrics: measured.differences(0, other + 1),
    }));
  const differences = leads(comparison);
  const measureSlice = ({ holds, ...slice }: SliceDefinition): Slice => {
    const within = relevant.map(
      (items, row) => new Set([...items].filter((item) => holds(users[row]!, item))),
    );
    const measured = compare(within, [config.gate.k]);
    return {
      ...slice,
      users: measured.users,
      relevant: measured.relevant,
      scorers: scorers.map(({ scorer }, s) => ({
        name: scorer.name,
        metrics: measured.estimates(s),
      })),
      differences: leads(measured),
    };
  };
  const { calibrator, labels } = task;
  const calibrationTask = { dataset, part, history, users, rankings: rankings[0]! };
  return {
    formatVersion: 1,
    split: dataset.split,
    part: part === PART.test ? "test" : "validation",
    heldOutRows: heldOutRows(dataset),
    positiveThreshold: everyRowIsRelevant(dataset) ? null : dataset.positiveThreshold,
    counts: {
      users: dataset.users,
      items: dataset.items,
      candidates: candidates?.reduce((sum, is) => sum + is, 0) ?? dataset.items,
      eligibleUsers: ranked.eligible,
      rankedUsers: users.length,
      evaluatedUsers: comparison.users,
      relevant: comparison.relevant,
    },
    ks,
    bootstrap: { samples: config.bootstrapSamples, seed: config.seed },
    definitions: DEFINITIONS,
    scorers: evaluations,
    differences,
    slices: sliceDefinitions(history).map(measureSlice),
    calibration:
      calibrator === undefined ? null : evaluateCalibration({ ...calibrationTask, calibrator }),
    examples:
      labels === undefined
        ? []
        : [
            ...userExamples({
              population: ranked,
              history,
              rankings: rankings[0]!,
              calibrator,
              labels,
            }),
          ],
    gate: gate(config.gate, evaluations, differences),
  };
}

interface RoledScorer {
  readonly scorer: Scorer;
  readonly role: ScorerEvaluation["role"];
}

/** The model first. */
function scorersOf({ model, served, baselines }: EvaluationTask): readonly RoledScorer[] {
  return [
    { scorer: model, role: "model" },
    ...(served === undefined ? [] : [{ scorer: served, role: "served" as const }]),
    ...baselines.map((scorer) => ({ scorer, role: "baseline" as const })),
  ];
}

async function rankAll(
  { kernels, signal, report }: EvaluationTask,
  scorers: readonly RoledScorer[],
  what: Pick<ConstructorParameters<typeof Ranker>[1], "users" | "k" | "masked" | "candidates">,
): Promise<readonly Rankings[]> {
  const ranker = new Ranker(kernels, { ...what, signal, report });
  const rankings: Rankings[] = [];
  for (const { scorer } of scorers) rankings.push(await ranker.rank(scorer));
  return rankings;
}
