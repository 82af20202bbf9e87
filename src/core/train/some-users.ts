import type { HeldOut, Histories } from "../data/index.ts";

/** The histories of the users with a 1 in (users) `isIn`; those of all others are empty. */
export function historiesOfSome(histories: Histories, isIn: Uint8Array): Histories {
  const { offsets, taken } = takenRows(histories.offsets, isIn);
  const pick = <Values extends Uint8Array | Uint32Array | Float32Array | Float64Array>(
    values: Values,
  ): Values => values.filter((_: number, entry: number) => taken[entry] === 1) as Values;
  return {
    ...histories,
    offsets,
    itemIndices: pick(histories.itemIndices),
    weights: pick(histories.weights),
    ratings: pick(histories.ratings),
    timestamps: histories.timestamps && pick(histories.timestamps),
    positive: pick(histories.positive),
  };
}

/** What was held out of the users with a 1 in (users) `isIn`. */
export function rowsOfSome(heldOut: HeldOut, isIn: Uint8Array): HeldOut {
  const { offsets, taken } = takenRows(heldOut.offsets, isIn);
  return { offsets, itemIndices: heldOut.itemIndices.filter((_, entry) => taken[entry] === 1) };
}

/** New offsets in which users who are not in have no entries, and (entries) 1 for those that stay. */
function takenRows(
  offsets: Uint32Array,
  isIn: Uint8Array,
): { readonly offsets: Uint32Array; readonly taken: Uint8Array } {
  const users = offsets.length - 1;
  const taken = new Uint8Array(offsets[users]!);
  const fewer = new Uint32Array(users + 1);
  for (let user = 0; user < users; user++) {
    const [start, end] = [offsets[user]!, offsets[user + 1]!];
    if (isIn[user] === 1) taken.fill(1, start, end);
    fewer[user + 1] = fewer[user]! + (isIn[user] === 1 ? end - start : 0);
  }
  return { offsets: fewer, taken };
}
