import type { Kernels } from "../../kernels/index.ts";
import type { RankedList } from "../../storage/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import type { Histories, Scorer } from "../data/index.ts";
import { Scratch } from "../model/scratch.ts";
import { seenRows } from "../model/seen-rows.ts";
import { ItemBoards } from "./item-boards.ts";

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

/** The best users of each item: all and novel, by probability and by lift. */
export interface Boards {
  readonly all: ItemBoards;
  readonly novel: ItemBoards;
  readonly liftAll: ItemBoards;
  readonly liftNovel: ItemBoards;
}

/** A user's best items, all and novel. */
export type UserLists = readonly [all: RankedList, novel: RankedList];

/** Boards that no user has been offered to. */
export function emptyBoards(items: number, k: number): Boards {
  const board = (): ItemBoards => new ItemBoards(items, k);
  return { all: board(), novel: board(), liftAll: board(), liftNovel: board() };
}

/**
 * Scores the users [start, end) against all items, block by block.
 *
 * Lift is the probability over the user's own mean probability: it ranks users by how much the item
 * is theirs, not by how active they are.
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
    for (const [r, user] of block.entries()) {
      const row = scores.values.subarray(r * items, (r + 1) * items);
      const seenItems = excluded.indices.subarray(excluded.offsets[r], excluded.offsets[r + 1]);
      calibrator.apply(row, normalisers[r]!, seenItems.length);
      const lists = top.map(({ indices, counts }) =>
        rankedList(indices.subarray(r * k, r * k + counts[r]!), row),
      );
      await onUser(user, [lists[0]!, lists[1]!]);
      if (boards !== undefined) offerUser(boards, user, row, seenItems);
    }
  }
}

/**
 * A list with its probabilities. Two scores may round to one probability: of equal ones the larger
 * index comes first (A16), whatever their scores were.
 *
 * @param ranking - item indices by falling score; reordered in place
 * @param probabilities - (I) of all items
 */
export function rankedList(ranking: Uint32Array, probabilities: Float32Array): RankedList {
  for (let start = 0; start < ranking.length;) {
    let end = start + 1;
    while (end < ranking.length && probabilities[ranking[end]!] === probabilities[ranking[start]!])
      end++;
    ranking.subarray(start, end).sort().reverse();
    start = end;
  }
  return {
    indices: ranking,
    probabilities: Float32Array.from(ranking, (item) => probabilities[item]!),
    count: ranking.length,
  };
}

function offerUser(
  boards: Boards,
  user: number,
  probabilities: Float32Array,
  seen: Uint32Array,
): void {
  const mean = probabilities.reduce((sum, p) => sum + p, 0) / probabilities.length;
  const lift = probabilities.map((p) => p / mean);
  boards.all.offer(user, probabilities, probabilities);
  boards.liftAll.offer(user, lift, probabilities);
  const novel = probabilities.slice();
  for (const item of seen) novel[item] = lift[item] = -1;
  boards.novel.offer(user, novel, probabilities);
  boards.liftNovel.offer(user, lift, probabilities);
}
