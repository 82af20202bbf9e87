import type { Dataset, Part } from "./dataset.ts";

/**
 * What each user interacted with: one entry per distinct (user, item) pair (A20), in the time order of
 * the pair's last row. Of a repeated pair the latest rating counts.
 */
export interface Histories {
  readonly users: number;
  readonly items: number;
  /** (users + 1): user u's entries are `offsets[u] … offsets[u+1]`. */
  readonly offsets: Uint32Array;
  /** (entries) item index; distinct within a user. */
  readonly itemIndices: Uint32Array;
  /** (entries) how much the pair counts in training: 1 for a single or an average interaction. */
  readonly weights: Float32Array;
  /** (entries) the latest rating. */
  readonly ratings: Float32Array;
  /** (entries) Unix seconds of the last row. */
  readonly timestamps: Float64Array | undefined;
  /** (entries) 1 if the latest rating is a positive (A21), always 1 for implicit ratings. */
  readonly positive: Uint8Array;
}

/** The rows that histories are made of. */
export type HistoryRows = Pick<
  Dataset,
  | "users"
  | "items"
  | "rows"
  | "userOffsets"
  | "item"
  | "rating"
  | "timestamp"
  | "part"
  | "ratings"
  | "positiveThreshold"
>;

/**
 * The histories made of the rows of `parts`.
 *
 * Weights, implicit: `log₂(1 + n)` for n rows of the pair (A20), so that a single row weighs 1.
 * Explicit: `2 · sigmoid(1.5 · (rating − mean_u) / deviation)`, in (0, 2), where mean_u is the user's
 * mean over their pairs and deviation that of all pairs' ratings: the same on any scale of ratings.
 *
 * @param dataset - the rows
 * @param parts - of which parts
 * @param deviation - of ratings, where the rows are beside the data that the model knows; by default their own
 */
export function histories(
  dataset: HistoryRows,
  parts: readonly Part[],
  deviation?: number,
): Histories {
  const chosen = new Uint8Array(256);
  for (const part of parts) chosen[part] = 1;

  const offsets = new Uint32Array(dataset.users + 1);
  const rowOf = new Uint32Array(dataset.rows); // of each entry, the pair's last row
  const repeats = new Uint32Array(dataset.rows);
  const entryOf = new Uint32Array(dataset.items); // valid where ownerOf is the present user
  const ownerOf = new Int32Array(dataset.items).fill(-1);
  let entries = 0;
  for (let user = 0; user < dataset.users; user++) {
    const first = entries;
    const start = dataset.userOffsets[user]!;
    for (let row = dataset.userOffsets[user + 1]! - 1; row >= start; row--) {
      if (chosen[dataset.part[row]!] === 0) continue;
      const item = dataset.item[row]!;
      if (ownerOf[item] === user) {
        repeats[entryOf[item]!]!++;
      } else {
        ownerOf[item] = user;
        entryOf[item] = entries;
        rowOf[entries] = row;
        repeats[entries] = 1;
        entries++;
      }
    }
    rowOf.subarray(first, entries).reverse();
    repeats.subarray(first, entries).reverse();
    offsets[user + 1] = entries;
  }

  const gather = <Values extends Uint32Array | Float32Array | Float64Array>(
    source: Values,
    target: Values,
  ): Values => {
    for (let entry = 0; entry < entries; entry++) target[entry] = source[rowOf[entry]!]!;
    return target;
  };
  const ratings = gather(dataset.rating, new Float32Array(entries));
  const { timestamp } = dataset;
  return {
    users: dataset.users,
    items: dataset.items,
    offsets,
    itemIndices: gather(dataset.item, new Uint32Array(entries)),
    weights:
      dataset.ratings === "implicit"
        ? Float32Array.from(repeats.subarray(0, entries), (n) => Math.log2(1 + n))
        : explicitWeights(offsets, ratings, deviation ?? deviationOf(ratings)),
    ratings,
    timestamps: timestamp && gather(timestamp, new Float64Array(entries)),
    positive: Uint8Array.from(ratings, (rating) => (isPositive(dataset, rating) ? 1 : 0)),
  };
}

/** (users) Items in each user's history. */
export function activityOf({ offsets }: Histories): Uint32Array {
  return offsets.slice(1).map((end, user) => end - offsets[user]!);
}

/** (items) Users who have each item in their history. */
export function usersOf({ items, itemIndices }: Histories): Uint32Array {
  const count = new Uint32Array(items);
  for (const item of itemIndices) count[item]!++;
  return count;
}

/** Is a row with this rating a positive (A21)? */
export function isPositive(
  dataset: Pick<Dataset, "ratings" | "positiveThreshold">,
  rating: number,
): boolean {
  return dataset.ratings === "implicit" || rating >= dataset.positiveThreshold;
}

/** Standard deviation of ratings, 1 where they are all the same. */
export function deviationOf(ratings: Float32Array): number {
  return standardDeviation(ratings) || 1;
}

function explicitWeights(
  offsets: Uint32Array,
  ratings: Float32Array,
  deviation: number,
): Float32Array {
  const weights = new Float32Array(ratings.length);
  for (let user = 0; user + 1 < offsets.length; user++) {
    const start = offsets[user]!;
    const end = offsets[user + 1]!;
    let sum = 0;
    for (let entry = start; entry < end; entry++) sum += ratings[entry]!;
    const mean = sum / (end - start);
    for (let entry = start; entry < end; entry++) {
      weights[entry] = 2 / (1 + Math.exp((-1.5 * (ratings[entry]! - mean)) / deviation));
    }
  }
  return weights;
}

function standardDeviation(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}
