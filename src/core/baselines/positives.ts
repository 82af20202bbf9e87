import type { Histories } from "../data/index.ts";

/** A history without the pairs whose latest rating is no positive (A21); of implicit ratings the same history. */
export function positivesOf(history: Histories): Histories {
  if (history.positive.every((is) => is === 1)) return history;
  const offsets = new Uint32Array(history.users + 1);
  const kept = new Uint32Array(history.itemIndices.length);
  let count = 0;
  for (let user = 0; user < history.users; user++) {
    for (let p = history.offsets[user]!; p < history.offsets[user + 1]!; p++) {
      if (history.positive[p] === 1) kept[count++] = p;
    }
    offsets[user + 1] = count;
  }
  const entries = kept.subarray(0, count);
  return {
    ...history,
    offsets,
    itemIndices: entries.map((p) => history.itemIndices[p]!),
    weights: Float32Array.from(entries, (p) => history.weights[p]!),
    ratings: Float32Array.from(entries, (p) => history.ratings[p]!),
    timestamps: history.timestamps && Float64Array.from(entries, (p) => history.timestamps![p]!),
    positive: new Uint8Array(count).fill(1),
  };
}
