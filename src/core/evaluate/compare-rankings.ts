import { type Kernels, random } from "../../kernels/index.ts";
import { type Evaluation, PART, type ScorerEvaluation, type Slice } from "../../schema/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import { everyRowIsRelevant } from "../data/index.ts";
import { evaluateCalibration } from "./calibration-evaluation.ts";
import { Comparison, measuresAt } from "./comparison.ts";
import { DEFINITIONS } from "./definitions.ts";
import { userExamples } from "./examples.ts";
import { gate } from "./gate.ts";
import { heldOutRows } from "./held-out-rows.ts";
import type { Labels } from "./labels.ts";
import { listStatistics } from "./list-statistics.ts";
import type { HeldOutTask, HeldOutUsers, RankedScorer } from "./rank-held-out.ts";
import { type SliceDefinition, sliceDefinitions } from "./slices.ts";

/** What the rankings are judged by. */
export interface JudgingTask extends HeldOutTask {
  /** The model's; without one the probabilities are not judged. */
  readonly calibrator?: Calibrator | undefined;
  /** Names users and items; without them no examples are shown. */
  readonly labels?: Labels | undefined;
  readonly kernels: Pick<Kernels, "matrix" | "mark" | "reset" | "multiply">;
}

/**
 * Compares the rankings of all held-out users, and lets the gate decide. Sums go over the users in the order of their
 * ids, so the figures do not depend on who ranked whom.
 *
 * @param task - the data and how they are judged
 * @param held - the users ranked
 * @param scorers - their lists, the model's first
 */
export function compareRankings(
  task: JudgingTask,
  held: HeldOutUsers,
  scorers: readonly RankedScorer[],
): Evaluation {
  const { dataset, config, candidates, kernels, calibrator, labels, part = PART.test } = task;
  const { history, population: ranked, ks } = held;
  const { users, relevant } = ranked;
  const rankings = scorers.map((scorer) => scorer.rankings);
  const compare = (wanted: readonly ReadonlySet<number>[], lengths: readonly number[]) =>
    new Comparison(rankings, wanted, measuresAt(lengths), {
      kernels,
      samples: config.bootstrapSamples,
      random: random(config.seed),
    });
  const comparison = compare(relevant, ks);
  const catalogue = { history, tokens: dataset.itemTokens, candidates };
  const evaluations = scorers.map(({ name, role }, s): ScorerEvaluation => ({
    name,
    role,
    metrics: comparison.estimates(s),
    lists: listStatistics(rankings[s]!, catalogue, ks),
  }));
  const leads = (measured: Comparison) =>
    scorers.slice(1).map(({ name }, other) => ({
      against: name,
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
      scorers: scorers.map(({ name }, s) => ({ name, metrics: measured.estimates(s) })),
      differences: leads(measured),
    };
  };
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
