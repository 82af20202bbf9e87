import type { Histories } from "./history.ts";

/**
 * Moves every row of a repeated (user, item) pair to the earliest part that one of them is in, so that
 * no pair to be predicted has been seen in training. Changes `part` in place.
 *
 * @returns the number of different pairs
 */
export function keepRepeatedPairsTogether(
  { offsets, item }: Histories,
  items: number,
  part: Uint8Array,
): number {
  let pairs = 0;
  /** The user that last touched an item, and the earliest part of that pair so far. */
  const lastUser = new Int32Array(items).fill(-1);
  const earliest = new Uint8Array(items);
  for (let user = 0; user + 1 < offsets.length; user++) {
    const end = offsets[user + 1]!;
    for (let row = offsets[user]!; row < end; row++) {
      const index = item[row]!;
      if (lastUser[index] === user) {
        earliest[index] = Math.min(earliest[index]!, part[row]!);
      } else {
        lastUser[index] = user;
        earliest[index] = part[row]!;
        pairs++;
      }
    }
    for (let row = offsets[user]!; row < end; row++) part[row] = earliest[item[row]!]!;
  }
  return pairs;
}
