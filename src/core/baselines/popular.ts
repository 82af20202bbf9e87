import type { Scorer } from "../data/index.ts";

/** The same scores for everybody: how often each item was interacted with. */
export function popular(count: Uint32Array): Scorer {
  const row = Float32Array.from(count);
  return {
    name: "popular",
    score(users, scores) {
      users.forEach((_, r) => {
        scores.set(row, r * row.length);
      });
    },
  };
}
