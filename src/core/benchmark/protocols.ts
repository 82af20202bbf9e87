import { random, shuffle } from "../../kernels/index.ts";
import { PART, TEST_FILE_SPLIT } from "../../schema/index.ts";
import type { Dataset } from "../data/index.ts";

/** A (user, item) pair of a published test set. */
export interface TestPair {
  readonly user: number;
  readonly item: number;
}

/**
 * The published test set instead of the product's: its pairs are the test rows, all rows of the raw
 * files train, but for the validation rows that were carved out of them.
 */
export function withTestPairs(dataset: Dataset, pairs: readonly TestPair[]): Dataset {
  const perUser = new Map<number, number[]>();
  for (const { user, item } of pairs) {
    const items = perUser.get(user);
    if (items === undefined) perUser.set(user, [item]);
    else items.push(item);
  }
  const rows = dataset.rows + pairs.length;
  const userOffsets = new Uint32Array(dataset.users + 1);
  const item = new Uint32Array(rows);
  const rating = new Float32Array(rows);
  const part = new Uint8Array(rows);
  const timestamp = dataset.timestamp && new Float64Array(rows);
  let at = 0;
  for (let user = 0; user < dataset.users; user++) {
    const start = dataset.userOffsets[user]!;
    const end = dataset.userOffsets[user + 1]!;
    item.set(dataset.item.subarray(start, end), at);
    rating.set(dataset.rating.subarray(start, end), at);
    timestamp?.set(dataset.timestamp!.subarray(start, end), at);
    for (let row = start; row < end; row++) {
      part[at++] = dataset.part[row] === PART.validation ? PART.validation : PART.train;
    }
    const last = dataset.timestamp?.[end - 1] ?? 0;
    for (const tested of perUser.get(user) ?? []) {
      item[at] = tested;
      rating[at] = dataset.positiveThreshold;
      if (timestamp !== undefined) timestamp[at] = last;
      part[at++] = PART.test;
    }
    userOffsets[user + 1] = at;
  }
  return { ...dataset, rows, userOffsets, item, rating, part, timestamp, split: TEST_FILE_SPLIT };
}

/**
 * A share of the items, chosen by seed, leaves training and validation: all their rows are test rows,
 * all test rows of other items train. The cold items are then ranked among themselves.
 *
 * @returns the dataset and (items) 1 for the cold items
 */
export function withColdItems(
  dataset: Dataset,
  share: number,
  seed: number,
): { readonly dataset: Dataset; readonly candidates: Uint8Array } {
  const order = Uint32Array.from({ length: dataset.items }, (_, item) => item);
  shuffle(order, random(seed));
  const candidates = new Uint8Array(dataset.items);
  for (const item of order.subarray(0, Math.round(share * dataset.items))) candidates[item] = 1;
  const part = dataset.part.map((before, row) => {
    if (candidates[dataset.item[row]!] === 1) return PART.test;
    return before === PART.validation ? PART.validation : PART.train;
  });
  return { dataset: { ...dataset, part, split: "cold-items" }, candidates };
}
