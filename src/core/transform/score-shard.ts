import type { Kernels } from "../../kernels/index.ts";
import type { RankedList } from "../../storage/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import type { Histories, Scorer } from "../data/index.ts";
import { Scratch } from "../rows/scratch.ts";
import { seenRows } from "../rows/seen-rows.ts";
import { type Boards, boardOffers } from "./board-offers.ts";

/** Users scored at a time: (block, I) scores are all that ever exists of the (U, I) matrix. */
const BLOCK = 128;

/** What a shard scores with. */
export interface ShardModel {
  readonly scorer: Scorer;
  readonly calibrator: Calibrator;
  /** Everything each user ever interacted with (A17): what `novel` leaves out. */
  readonly seen: Histories;
  readonly kMax: number;
}

/** A user's best items, all and novel. */
export type UserLists = readonly [all: RankedList, novel: RankedList];

/**
 * Scores the users [start, end) against all items, block by block.
 *
 * `onUser` is called for every user in order with the lists, which are overwritten afterwards.
 */
export async function scoreShard(
  kernels: Kernels,
  { scorer, calibrator, seen, kMax }: ShardModel,
  users: { readonly start: number; readonly end: number },
  boards: Boards | undefined,
  onUser: (user: number, lists: UserLists) => Promise<void>,
): Promise<void> {
  const scratch = new Scratch(kernels);
  const { items } = seen;
  const k = Math.min(kMax, items);
  const scores = scratch.matrix("shard.scores", BLOCK, items);
  const normalisers = scratch.float32("shard.normalisers", BLOCK);
  const top = [0, 1].map((list) => ({
    indices: scratch.uint32(`shard.indices${list}`, BLOCK * k),
    scores: scratch.float32(`shard.scores${list}`, BLOCK * k),
    counts: scratch.uint32(`shard.counts${list}`, BLOCK),
  }));
  const offers = boards && boardOffers(scratch, calibrator, boards, items, BLOCK);
  for (let start = users.start; start < users.end; start += BLOCK) {
    const block = Uint32Array.from(
      { length: Math.min(BLOCK, users.end - start) },
      (_, r) => start + r,
    );
    scorer.score(block, scores.values);
    const rows = { ...scores, rows: block.length };
    const excluded = seenRows(seen, block, scratch);
    kernels.topK(rows, k, undefined, top[0]!.indices, top[0]!.scores, top[0]!.counts);
    kernels.topK(rows, k, excluded, top[1]!.indices, top[1]!.scores, top[1]!.counts);
    kernels.logSumExpRows(normalisers, rows);
    const probabilities = Array.from(block, (_, r) =>
      probabilitiesOf(calibrator, excluded.offsets[r + 1]! - excluded.offsets[r]!, normalisers[r]!),
    );
    for (const [r, user] of block.entries()) {
      const lists = top.map(({ indices, scores: values, counts }) => {
        const [begin, end] = [r * k, r * k + counts[r]!];
        return rankedList(
          indices.subarray(begin, end),
          values.subarray(begin, end).map(probabilities[r]!),
        );
      });
      await onUser(user, [lists[0]!, lists[1]!]);
    }
    offers?.offer({ start, scores: rows, normalisers, seen: excluded, probabilities });
  }
}

/** The probability of a score of one user, as a 32-bit number: what lists hold and boards compare. */
function probabilitiesOf(
  calibrator: Calibrator,
  activity: number,
  logSumExp: number,
): (score: number) => number {
  const probability = calibrator.forActivity(activity);
  return (score) => Math.fround(probability(score - logSumExp));
}

/**
 * A list with its probabilities. Two scores may round to one probability: of equal ones the larger
 * index comes first (A16), whatever their scores were.
 *
 * @param ranking - item indices by falling score; reordered in place
 * @param probabilities - of each of them, falling
 */
export function rankedList(ranking: Uint32Array, probabilities: Float32Array): RankedList {
  for (let start = 0; start < ranking.length;) {
    let end = start + 1;
    while (end < ranking.length && probabilities[end] === probabilities[start]) end++;
    ranking.subarray(start, end).sort().reverse();
    start = end;
  }
  return { indices: ranking, probabilities, count: ranking.length };
}
