import type { Progress } from "../../schema/index.ts";
import { type HeldOut, heldOutOf, type Histories, type Scorer } from "../data/index.ts";
import { listOf, type RankedBlock, Ranker, type RankingKernels } from "../rank/index.ts";

/** Best items of each user that are all taken, since probabilities matter most where they are shown. */
const TOP = 50;
/** Best items of each user that are told from the others: the usual length of a list. */
const SHOWN = 10;
/** Other items drawn for each user. */
const DRAWN = 50;

/** Weighted (user, item) pairs: what a calibrator is fitted on. */
export interface CalibrationSamples {
  /** (N) log softmax_u(i) over all items */
  readonly logSoftmax: Float64Array;
  /** (N) n_u, items in the history */
  readonly activity: Float64Array;
  /** (N) 1 if the user interacted with the item within the hold-out */
  readonly labels: Uint8Array;
  /** (N) novel pairs that each stands for */
  readonly weights: Float64Array;
  /** (N) 1 for the user's best ten novel items: what is shown first */
  readonly shown: Uint8Array;
  /** Mean interactions per user within the hold-out. */
  readonly horizon: number;
}

export interface CalibrationSource {
  readonly scorer: Scorer;
  readonly users: Uint32Array;
  /** What the scorer scores from; these items are not novel. */
  readonly history: Histories;
  /** The held-out interactions. */
  readonly interacted: HeldOut;
  readonly kernels: RankingKernels;
  /** The generator of the drawn negatives. */
  readonly draws: { integer(below: number): number };
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/**
 * Draws pairs that represent all novel pairs of the users: the best of each user and all interactions
 * once, other items at random, each weighing as many as it stands for.
 */
export async function calibrationSamples(source: CalibrationSource): Promise<CalibrationSamples> {
  const { users, history, interacted, kernels, signal, report } = source;
  const columns: Columns = { logSoftmax: [], activity: [], labels: [], weights: [], shown: [] };
  const isTaken = new Uint8Array(history.items);
  const ranker = new Ranker(kernels, { users, k: TOP, masked: history, signal, report });
  await ranker.rank(source.scorer, (block) => {
    block.users.forEach((user, r) => {
      sampleUser(source, block, r, user, columns, isTaken);
    });
  });
  const interactions = users.reduce((sum, user) => sum + heldOutOf(interacted, user).length, 0);
  return {
    logSoftmax: Float64Array.from(columns.logSoftmax),
    activity: Float64Array.from(columns.activity),
    labels: Uint8Array.from(columns.labels),
    weights: Float64Array.from(columns.weights),
    shown: Uint8Array.from(columns.shown),
    horizon: interactions / users.length,
  };
}

interface Columns {
  readonly logSoftmax: number[];
  readonly activity: number[];
  readonly labels: number[];
  readonly weights: number[];
  readonly shown: number[];
}

function sampleUser(
  { history, interacted, draws }: CalibrationSource,
  { start, scores, rankings }: RankedBlock,
  row: number,
  user: number,
  columns: Columns,
  isTaken: Uint8Array,
): void {
  const { items } = history;
  const first = history.offsets[user]!;
  const seen = history.itemIndices.subarray(first, history.offsets[user + 1]);
  const came = heldOutOf(interacted, user);
  const top = listOf(rankings, start + row);
  const positives = new Set(came);
  const taken: number[] = [];
  const take = (item: number, weight: number) => {
    columns.shown.push(taken.length < Math.min(SHOWN, top.length) ? 1 : 0);
    isTaken[item] = 1;
    taken.push(item);
    columns.logSoftmax.push(scores[row * items + item]! - rankings.logSumExp[start + row]!);
    columns.activity.push(seen.length);
    columns.labels.push(positives.has(item) ? 1 : 0);
    columns.weights.push(weight);
  };

  for (const item of seen) isTaken[item] = 1;
  for (const item of top) take(item, 1);
  for (const item of came) if (isTaken[item] === 0) take(item, 1);
  const rest = items - seen.length - taken.length;
  const drawn = Math.min(DRAWN, rest);
  if (rest <= 2 * DRAWN) {
    for (let item = 0; item < items; item++) if (isTaken[item] === 0) take(item, 1);
  } else {
    for (let n = 0; n < drawn;) {
      const item = draws.integer(items);
      if (isTaken[item] === 1) continue;
      take(item, rest / drawn);
      n++;
    }
  }
  for (const item of taken) isTaken[item] = 0;
  for (const item of seen) isTaken[item] = 0;
}
