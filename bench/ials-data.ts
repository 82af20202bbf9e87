import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Dataset } from "../src/core/data/index.ts";
import { random } from "../src/kernels/index.ts";
import { PART, TEST_FILE_SPLIT } from "../src/schema/index.ts";

/** A random shop of Gowalla's size: popularity and activity both fall as a power of the rank. */
export function randomShop(users = 30_000, items = 41_000, rows = 810_000): Dataset {
  const draws = random(1);
  const perUser = Array.from({ length: users }, () => new Set<number>());
  for (let row = 0; row < rows; row++) {
    const user = Math.floor(users * draws.uniform() ** 1.5);
    perUser[user]!.add(Math.floor(items * draws.uniform() ** 2));
  }
  return datasetOf(perUser, [], items);
}

/** The published split of a folder: every row of the raw file trains, `test.tsv` tests. */
export function shopOf(folder: string): Dataset {
  const users = new Map<string, number>();
  const items = new Map<string, number>();
  const number = (of: Map<string, number>, id: string): number => {
    if (!of.has(id)) of.set(id, of.size);
    return of.get(id)!;
  };
  const rowsOf = (file: string, separator: string, user: number): Set<number>[] => {
    const perUser: Set<number>[] = [];
    for (const line of readFileSync(join(folder, file), "utf8").trimEnd().split(/\r?\n/)) {
      const fields = line.split(separator);
      if (fields[user] === "user_id") continue;
      const row = number(users, fields[user]!);
      (perUser[row] ??= new Set()).add(number(items, fields[user + 1]!));
    }
    return perUser;
  };
  const train = rowsOf("user_item_interactions.csv", ",", 1);
  const test = rowsOf("test.tsv", "\t", 0);
  return datasetOf(train, test, items.size);
}

function datasetOf(
  train: readonly ReadonlySet<number>[],
  test: readonly (ReadonlySet<number> | undefined)[],
  items: number,
): Dataset {
  const users = Math.max(train.length, test.length);
  const item: number[] = [];
  const part: number[] = [];
  const userOffsets = new Uint32Array(users + 1);
  for (let user = 0; user < users; user++) {
    for (const known of train[user] ?? []) {
      item.push(known);
      part.push(PART.train);
    }
    for (const tested of test[user] ?? []) {
      item.push(tested);
      part.push(PART.test);
    }
    userOffsets[user + 1] = item.length;
  }
  const tokens = { tokens: new Uint32Array(0), count: 0, featureOf: new Uint32Array(0) };
  const numbers = { columns: 0, values: new Float32Array(0) };
  return {
    users,
    items,
    rows: item.length,
    userOffsets,
    item: Uint32Array.from(item),
    rating: new Float32Array(item.length).fill(1),
    timestamp: undefined,
    part: Uint8Array.from(part),
    ratings: "implicit",
    positiveThreshold: 1,
    split: TEST_FILE_SPLIT,
    itemTokens: { ...tokens, offsets: new Uint32Array(items + 1) },
    itemNumbers: numbers,
    itemFeatures: [],
    userTokens: { ...tokens, offsets: new Uint32Array(users + 1) },
    userNumbers: numbers,
    userFeatures: [],
  };
}
