import { random, shuffle } from "../../kernels/index.ts";
import { type HeldOut, heldOutOf, type Histories } from "../data/index.ts";
import { ndcgAtK } from "../evaluate/metrics/index.ts";
import type { ModelScorer } from "../model/model-scorer.ts";
import type { Scratch } from "../rows/scratch.ts";
import { seenRows } from "../rows/seen-rows.ts";
import type { Blend } from "../model/settings.ts";

const K = 10;
const BLOCK = 128;

/** Pairs that one ranking of the deciding users scores, and between how many users that is. */
const SCORED_PAIRS = 2.5e8;
const DECIDING = { least: 2000, most: 5000 };

/** How many users decide between fits and between blends: fewer where each takes longer to rank. */
export function decidingUsers(items: number): number {
  const affordable = Math.floor(SCORED_PAIRS / Math.max(1, items));
  return Math.max(DECIDING.least, Math.min(DECIDING.most, affordable));
}

/**
 * The users whose held-out items decide: a fixed sample, so that epochs and settings compare. Users without a history say
 * nothing, since whatever is chosen they are shown the same.
 */
export function validationUsers(
  { users: known, offsets }: Histories,
  heldOut: HeldOut,
  most: number,
  seed: number,
): Uint32Array {
  const users = Uint32Array.from({ length: known }, (_, user) => user).filter(
    (user) => offsets[user + 1]! > offsets[user]! && heldOutOf(heldOut, user).length > 0,
  );
  shuffle(users, random(seed));
  return users.slice(0, most).sort();
}

/**
 * Mean NDCG@10 of a full ranking with the items of `history` masked, under each of the blends. The parts of the
 * scores are made once for all of them.
 *
 * @returns one number for each blend; 0 without users
 */
export function ndcgOfBlends(
  scorer: ModelScorer,
  blends: readonly Blend[],
  history: Histories,
  heldOut: HeldOut,
  users: Uint32Array,
  scratch: Scratch,
): readonly number[] {
  const { kernels } = scratch;
  const scores = scratch.matrix("validation.scores", BLOCK, history.items);
  const top = {
    indices: scratch.uint32("validation.indices", BLOCK * K),
    scores: scratch.float32("validation.values", BLOCK * K),
    counts: scratch.uint32("validation.counts", BLOCK),
  };
  const sums = blends.map(() => 0);
  for (let start = 0; start < users.length; start += BLOCK) {
    const block = users.subarray(start, start + BLOCK);
    const rows = {
      rows: block.length,
      columns: history.items,
      values: scores.values.subarray(0, block.length * history.items),
    };
    const relevant = Array.from(block, (user) => new Set(heldOutOf(heldOut, user)));
    const seen = seenRows(history, block, scratch);
    const parts = scorer.parts(block);
    for (const [b, blend] of blends.entries()) {
      scorer.combine(parts, blend, rows);
      kernels.topK(rows, K, seen, top.indices, top.scores, top.counts);
      for (const [r, items] of relevant.entries()) {
        const ranking = top.indices.subarray(r * K, r * K + top.counts[r]!);
        sums[b]! += ndcgAtK(ranking, items, K) ?? 0;
      }
    }
  }
  return sums.map((sum) => sum / Math.max(1, users.length));
}
