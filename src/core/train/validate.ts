import { random, shuffle } from "../../kernels/index.ts";
import { type HeldOut, heldOutOf, type Histories } from "../data/index.ts";
import { ndcgAtK } from "../evaluate/metrics/index.ts";
import type { Scratch } from "../model/scratch.ts";
import { seenRows } from "../model/seen-rows.ts";
import type { TowerScorer } from "../model/tower-scorer.ts";

const K = 10;
const BLOCK = 256;

/** The users whose held-out items decide when training stops: a fixed sample, so that epochs compare. */
export function validationUsers(heldOut: HeldOut, most: number, seed: number): Uint32Array {
  const users = Uint32Array.from({ length: heldOut.offsets.length - 1 }, (_, user) => user).filter(
    (user) => heldOutOf(heldOut, user).length > 0,
  );
  shuffle(users, random(seed));
  return users.slice(0, most).sort();
}

/** Mean NDCG@10 of a full ranking with the items of `history` masked. */
export function validate(
  scorer: TowerScorer,
  history: Histories,
  heldOut: HeldOut,
  users: Uint32Array,
  scratch: Scratch,
): number {
  const scores = scratch.matrix("validate.scores", BLOCK, history.items);
  const top = {
    indices: scratch.uint32("validate.indices", BLOCK * K),
    scores: scratch.float32("validate.values", BLOCK * K),
    counts: scratch.uint32("validate.counts", BLOCK),
  };
  let sum = 0;
  for (let start = 0; start < users.length; start += BLOCK) {
    const block = users.subarray(start, start + BLOCK);
    scorer.score(block, scores.values);
    const seen = seenRows(history, block, scratch);
    scratch.kernels.topK(
      { ...scores, rows: block.length },
      K,
      seen,
      top.indices,
      top.scores,
      top.counts,
    );
    block.forEach((user, r) => {
      const ranking = top.indices.subarray(r * K, r * K + top.counts[r]!);
      sum += ndcgAtK(ranking, new Set(heldOutOf(heldOut, user)), K) ?? 0;
    });
  }
  return users.length === 0 ? 0 : sum / users.length;
}
