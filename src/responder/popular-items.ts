import type { Popularity, ServingFolder } from "../storage/index.ts";
import type { CountedList } from "./answer.ts";

/**
 * The first k items of the popularity order, for a known user on request without those the user has
 * seen: exactly, however many these are. An unknown user has seen nothing (A14).
 */
export function popularItemsFor(
  { popularity, seen }: ServingFolder,
  userIndex: number | undefined,
  k: number,
  novelOnly: boolean,
): CountedList | Promise<CountedList> {
  if (userIndex === undefined || !novelOnly) {
    const indices = popularity.items.subarray(0, k);
    return { indices, counts: popularity.counts.subarray(0, k), count: indices.length };
  }
  return seen.seenBy(userIndex).then((seenItems) => withoutSeen(popularity, seenItems, k));
}

function withoutSeen(popularity: Popularity, seenItems: Uint32Array, k: number): CountedList {
  const indices = new Uint32Array(k);
  const counts = new Uint32Array(k);
  let count = 0;
  for (let rank = 0; rank < popularity.items.length && count < k; rank++) {
    const item = popularity.items[rank]!;
    if (contains(seenItems, item)) continue;
    indices[count] = item;
    counts[count++] = popularity.counts[rank]!;
  }
  return { indices, counts, count };
}

/** @param sorted - ascending, without repeats */
function contains(sorted: Uint32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
