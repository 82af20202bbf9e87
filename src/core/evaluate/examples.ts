import type { UserExample } from "../../schema/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import { activityOf, type Histories, tercileOf, TERCILES, terciles } from "../data/index.ts";
import { listOf, type Rankings } from "../rank/index.ts";
import type { Labels } from "./labels.ts";
import type { Population } from "./population.ts";

/** What the examples are taken from. */
export interface ExamplesTask {
  readonly population: Population;
  readonly history: Histories;
  /** (U) the model's novel lists */
  readonly rankings: Rankings;
  readonly calibrator: Calibrator | undefined;
  readonly labels: Labels;
}

/** Items shown of a history and of a list. */
const SHOWN = 10;
/** Where in each tercile's users, in the order of their ids, the examples stand. */
const PLACES = [1 / 3, 2 / 3];

/**
 * Two users of each tercile of activity, as they stand one third and two thirds down the list of those of its users
 * who have a history and something held out, in the order of the ids: whether the model did well by them has no say.
 */
export function userExamples(task: ExamplesTask): readonly UserExample[] {
  const { population, history } = task;
  const activity = activityOf(history);
  const bounds = terciles(activity.filter((n) => n > 0));
  return TERCILES.flatMap((tercile) => {
    const rows = [...population.users.keys()].filter((row) => {
      const items = activity[population.users[row]!]!;
      return (
        items > 0 && population.relevant[row]!.size > 0 && tercileOf(bounds, items) === tercile
      );
    });
    const chosen = new Set(PLACES.map((share) => rows[Math.floor(share * rows.length)]));
    return [...chosen].flatMap((row) => (row === undefined ? [] : [example(task, row, tercile)]));
  });
}

function example(
  { population, history, rankings, calibrator, labels }: ExamplesTask,
  row: number,
  activity: UserExample["activity"],
): UserExample {
  const user = population.users[row]!;
  const relevant = population.relevant[row]!;
  const known = history.itemIndices.subarray(history.offsets[user], history.offsets[user + 1]);
  const probability = (place: number): number | null => {
    const logSoftmax = rankings.scores[row * rankings.k + place]! - rankings.logSumExp[row]!;
    return calibrator?.probability(logSoftmax, known.length) ?? null;
  };
  return {
    userId: labels.userId(user),
    activity,
    historyItems: known.length,
    history: Array.from(known.subarray(-SHOWN), labels.item),
    recommended: Array.from(listOf(rankings, row).subarray(0, SHOWN), (item, place) => ({
      ...labels.item(item),
      probability: probability(place),
      hit: relevant.has(item),
    })),
    heldOut: Array.from(relevant, labels.item),
  };
}
