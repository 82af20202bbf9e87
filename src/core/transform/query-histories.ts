import {
  type GivenInteraction,
  givenHistories,
  type Histories,
  type RatingScale,
} from "../data/index.ts";

/** Of whom a history is: a user of the data by index, or somebody of whom the interactions are given. */
interface Whose {
  readonly of: number | readonly GivenInteraction[];
}

/**
 * The histories of those who are asked for, user n that of the n-th; empty for a user beyond the data's last.
 *
 * @param queries - who
 * @param data - the histories of the data's users
 * @param scale - how given interactions count
 */
export function queryHistories(
  queries: readonly Whose[],
  data: Histories,
  scale: RatingScale,
): Histories {
  const told = queries.flatMap(({ of }) => (typeof of === "number" ? [] : [of]));
  const given = givenHistories(told, data.items, scale);
  let next = 0;
  const pieces = queries.map(({ of }) => {
    const [source, user] = typeof of === "number" ? [data, of] : [given, next++];
    const isThere = user < source.users;
    return {
      source,
      start: isThere ? source.offsets[user]! : 0,
      end: isThere ? source.offsets[user + 1]! : 0,
    };
  });
  const offsets = new Uint32Array(queries.length + 1);
  for (const [n, { start, end }] of pieces.entries()) offsets[n + 1] = offsets[n]! + end - start;
  const entries = offsets[queries.length]!;
  const joined = {
    users: queries.length,
    items: data.items,
    offsets,
    itemIndices: new Uint32Array(entries),
    weights: new Float32Array(entries),
    ratings: new Float32Array(entries),
    positive: new Uint8Array(entries),
  };
  for (const [n, { source, start, end }] of pieces.entries()) {
    for (const name of ["itemIndices", "weights", "ratings", "positive"] as const) {
      joined[name].set(source[name].subarray(start, end), offsets[n]);
    }
  }
  return { ...joined, timestamps: undefined };
}
