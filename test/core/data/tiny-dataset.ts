import type { Dataset, Part, Tokens } from "../../../src/core/data/index.ts";
import { PART } from "../../../src/schema/index.ts";

/** A row of a {@link tinyDataset}; by default rated 1, in the training part, at its place in the list. */
export interface TinyRow {
  readonly user: number;
  readonly item: number;
  readonly rating?: number;
  readonly part?: keyof typeof PART;
  readonly timestamp?: number;
}

/** A data set written out in a test. Rows may stand in any order; they are sorted as the collector does. */
export function tinyDataset(
  rows: readonly TinyRow[],
  options: {
    readonly users?: number;
    readonly items?: number;
    readonly ratings?: Dataset["ratings"];
    readonly positiveThreshold?: number;
    readonly split?: string;
    readonly withoutTimestamps?: boolean;
    /** The feature tokens of each item, all of one feature called "genre". */
    readonly itemTokens?: readonly (readonly number[])[];
  } = {},
): Dataset {
  const users = options.users ?? 1 + Math.max(-1, ...rows.map(({ user }) => user));
  const items = options.items ?? 1 + Math.max(-1, ...rows.map(({ item }) => item));
  const sorted = rows
    .map((row, place) => ({ rating: 1, part: "train" as const, timestamp: place, ...row }))
    .sort((a, b) => a.user - b.user || a.timestamp - b.timestamp);
  const userOffsets = new Uint32Array(users + 1);
  for (const { user } of sorted) userOffsets[user + 1]!++;
  for (let user = 0; user < users; user++) userOffsets[user + 1]! += userOffsets[user]!;
  return {
    users,
    items,
    rows: rows.length,
    userOffsets,
    item: Uint32Array.from(sorted, ({ item }) => item),
    rating: Float32Array.from(sorted, ({ rating }) => rating),
    timestamp: options.withoutTimestamps
      ? undefined
      : Float64Array.from(sorted, ({ timestamp }) => timestamp),
    part: Uint8Array.from(sorted, ({ part }): Part => PART[part]),
    ratings: options.ratings ?? "implicit",
    positiveThreshold: options.positiveThreshold ?? 1,
    split: options.split ?? "per-user",
    itemTokens: tokens(options.itemTokens ?? Array.from({ length: items }, () => [])),
    itemNumbers: { columns: 0, values: new Float32Array(0) },
    itemFeatures: [{ name: "genre", type: "set", treatment: "token" }],
    userTokens: tokens(Array.from({ length: users }, () => [])),
    userNumbers: { columns: 0, values: new Float32Array(0) },
    userFeatures: [],
  };
}

function tokens(rows: readonly (readonly number[])[]): Tokens {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, index) => (offsets[index + 1] = offsets[index]! + row.length));
  const count = 1 + Math.max(-1, ...rows.flat());
  return {
    offsets,
    tokens: Uint32Array.from(rows.flat()),
    count,
    featureOf: new Uint32Array(count),
  };
}
