import type { CalibrationEvaluation, CalibrationGroup } from "../../schema/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import {
  activityOf,
  type Dataset,
  type HeldOut,
  heldOut,
  heldOutOf,
  type Histories,
  judgedUsers,
  type Part,
  tercileOf,
  TERCILES,
  terciles,
} from "../data/index.ts";
import { listOf, type Rankings } from "../rank/index.ts";
import { judgedHorizon } from "./horizon.ts";

/** The model's lists, and what came true. */
export interface CalibrationTask {
  readonly dataset: Dataset;
  readonly part: Part;
  readonly history: Histories;
  readonly calibrator: Calibrator;
  /** (U) the users ranked */
  readonly users: Uint32Array;
  /** (U) their novel lists, of at least {@link CALIBRATION_K} where there are as many */
  readonly rankings: Rankings;
}

/** Length of the lists that are judged. */
export const CALIBRATION_K = 10;
const BINS = 10;

/**
 * Compares the probabilities given to the users' novel top 10 with what came true: for all users with
 * training history, those without any hit included. Every held-out interaction counts, whatever its
 * rating.
 */
export function evaluateCalibration(task: CalibrationTask): CalibrationEvaluation {
  const activity = activityOf(task.history);
  const interacted = heldOut(task.dataset, task.part, "interactions");
  const judged = judgedUsers(task.dataset, task.history, task.part);
  const bounds = terciles(activity.filter((n) => n > 0));
  const tercileOfUser = (user: number) => tercileOf(bounds, activity[user]!);
  const { horizon, calibratorOf } = judgedHorizon(
    task.dataset,
    task.calibrator,
    judged,
    interacted,
    tercileOfUser,
  );
  const pairs = pairsOf(task, new Set(judged), interacted, (user, logSoftmax) =>
    calibratorOf(tercileOfUser(user)).probability(logSoftmax, activity[user]!),
  );
  const [low, middle, high] = TERCILES.map((tercile) =>
    group(pairs.filter(({ user }) => tercileOfUser(user) === tercile)),
  );
  return {
    event: task.calibrator.event,
    k: CALIBRATION_K,
    horizon,
    groups: { all: group(pairs), low: low!, middle: middle!, high: high! },
    reliability: reliability(pairs),
  };
}

interface Pair {
  readonly user: number;
  readonly predicted: number;
  readonly observed: 0 | 1;
}

function pairsOf(
  { users, rankings }: CalibrationTask,
  judged: ReadonlySet<number>,
  interacted: HeldOut,
  probabilityOf: (user: number, logSoftmax: number) => number,
): readonly Pair[] {
  const pairs: Pair[] = [];
  users.forEach((user, row) => {
    if (!judged.has(user)) return;
    const came = new Set(heldOutOf(interacted, user));
    const list = listOf(rankings, row).subarray(0, CALIBRATION_K);
    list.forEach((item, place) => {
      const logSoftmax = rankings.scores[row * rankings.k + place]! - rankings.logSumExp[row]!;
      pairs.push({
        user,
        predicted: probabilityOf(user, logSoftmax),
        observed: came.has(item) ? 1 : 0,
      });
    });
  });
  return pairs;
}

function group(pairs: readonly Pair[]): CalibrationGroup | null {
  if (pairs.length === 0) return null;
  return { users: new Set(pairs.map(({ user }) => user)).size, ...means(pairs) };
}

function reliability(pairs: readonly Pair[]) {
  const sorted = pairs.toSorted((a, b) => a.predicted - b.predicted);
  const edges = Array.from({ length: BINS + 1 }, (_, bin) =>
    Math.round((bin * sorted.length) / BINS),
  );
  const bins = edges.slice(1).flatMap((end, bin) => {
    const members = sorted.slice(edges[bin], end);
    if (members.length === 0) return [];
    const { predicted: lowest } = members[0]!;
    const { predicted: highest } = members.at(-1)!;
    return [{ lowest, highest, ...means(members) }];
  });
  const error = bins.reduce(
    (sum, bin) => sum + bin.pairs * Math.abs(bin.predicted - bin.observed),
    0,
  );
  return { expectedCalibrationError: sorted.length === 0 ? 0 : error / sorted.length, bins };
}

function means(pairs: readonly Pair[]) {
  const mean = (of: (pair: Pair) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  return {
    pairs: pairs.length,
    predicted: mean(({ predicted }) => predicted),
    observed: mean(({ observed }) => observed),
  };
}
