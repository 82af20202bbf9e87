import type { Histories, Scorer } from "../../../src/core/data/index.ts";

/** (users.length, items) scores, in memory that is not the kernels'. */
export function scoresOf(scorer: Scorer, users: readonly number[], items: number): Float32Array {
  const scores = new Float32Array(users.length * items).fill(7);
  scorer.score(Uint32Array.from(users), scores);
  return scores;
}

/** Of every user the best item that they do not have. */
export function bestNovel(scorer: Scorer, history: Histories): number[] {
  return Array.from({ length: history.users }, (_, user) => {
    const scores = scoresOf(scorer, [user], history.items);
    for (let p = history.offsets[user]!; p < history.offsets[user + 1]!; p++) {
      scores[history.itemIndices[p]!] = -Infinity;
    }
    return scores.indexOf(Math.max(...scores));
  });
}
