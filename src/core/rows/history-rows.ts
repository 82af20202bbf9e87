import type { Histories } from "../data/index.ts";
import type { Scratch } from "./scratch.ts";
import type { WeightedRows } from "./weighted-rows.ts";

/**
 * How much an item weighs, `age` places before the end of a history of `length` (1 = the last item); `entry` is
 * its place in the histories.
 */
export type HistoryWeight = (item: number, age: number, length: number, entry: number) => number;

/**
 * The latest items of each of the users, last first, with their weights; none for a user beyond the last.
 * Of a history at most `latest` items are taken.
 */
export function historyRows(
  history: Histories,
  users: Uint32Array,
  latest: number,
  weightOf: HistoryWeight,
  scratch: Scratch,
  name: string,
): WeightedRows {
  const { users: known, offsets, itemIndices } = history;
  const lengthOf = (user: number): number =>
    user < known ? Math.min(latest, offsets[user + 1]! - offsets[user]!) : 0;
  let count = 0;
  for (const user of users) count += lengthOf(user);
  const rows = {
    offsets: scratch.uint32(`${name}.offsets`, users.length + 1),
    indices: scratch.uint32(`${name}.indices`, count),
    weights: scratch.float32(`${name}.weights`, count),
  };
  let at = 0;
  rows.offsets[0] = 0;
  users.forEach((user, r) => {
    const length = lengthOf(user);
    for (let age = 1; age <= length; age++) {
      const entry = offsets[user + 1]! - age;
      const item = itemIndices[entry]!;
      rows.indices[at] = item;
      rows.weights[at++] = weightOf(item, age, length, entry);
    }
    rows.offsets[r + 1] = at;
  });
  return rows;
}
