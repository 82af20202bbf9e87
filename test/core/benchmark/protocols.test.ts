import { expect, test } from "vitest";

import { withColdItems, withTestPairs } from "../../../src/core/benchmark/protocols.ts";
import type { Dataset } from "../../../src/core/data/index.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset } from "../data/tiny-dataset.ts";

const PARTS = ["train", "validation", "test"] as const;

/** The rows as a person would write them: "user:item part". */
function rowsOf({ users, userOffsets, item, part }: Dataset): string[] {
  return Array.from({ length: users }, (_, user) =>
    Array.from(item.subarray(userOffsets[user], userOffsets[user + 1]), (one, at) => {
      const name = PARTS[part[userOffsets[user]! + at]!]!;
      return `${String(user)}:${String(one)} ${name}`;
    }),
  ).flat();
}

const divided = tinyDataset([
  { user: 0, item: 0, timestamp: 10 },
  { user: 0, item: 1, timestamp: 20, part: "validation" },
  { user: 0, item: 2, timestamp: 30, part: "test" },
  { user: 2, item: 0, timestamp: 5 },
  { user: 2, item: 2, timestamp: 40, part: "test" },
]);

test("a published test set: its pairs are the test rows, and every row of the raw files that is not validation trains", () => {
  const dataset = withTestPairs(divided, [
    { user: 2, item: 1 },
    { user: 0, item: 2 },
    { user: 1, item: 0 },
    { user: 2, item: 2 },
  ]);
  expect(rowsOf(dataset)).toEqual([
    "0:0 train",
    "0:1 validation",
    "0:2 train",
    "0:2 test",
    "1:0 test",
    "2:0 train",
    "2:2 train",
    "2:1 test",
    "2:2 test",
  ]);
  expect(dataset.rows).toBe(9);
  expect(dataset.split).toBe("test.tsv");
  expect(rowsOf(divided), "the dataset given stays as it was").toHaveLength(5);
});

test("a published test row is a positive, and no earlier than what its user did before", () => {
  const explicit = tinyDataset(
    [
      { user: 0, item: 0, rating: 2, timestamp: 10 },
      { user: 0, item: 1, rating: 5, timestamp: 70 },
    ],
    { ratings: "explicit", positiveThreshold: 4, items: 3 },
  );
  const dataset = withTestPairs(explicit, [{ user: 0, item: 2 }]);
  expect([...dataset.rating]).toEqual([2, 5, 4]);
  expect([...dataset.timestamp!]).toEqual([10, 70, 70]);
});

test("a published test set is taken without timestamps too", () => {
  const plain = tinyDataset([{ user: 0, item: 0 }], { items: 2, withoutTimestamps: true });
  const dataset = withTestPairs(plain, [{ user: 0, item: 1 }]);
  expect(dataset.timestamp).toBeUndefined();
  expect(rowsOf(dataset)).toEqual(["0:0 train", "0:1 test"]);
});

test("cold items: their rows are test rows whatever they were, the test rows of the others train", () => {
  const rows = Array.from({ length: 60 }, (_, at) => ({
    user: at % 6,
    item: at % 10,
    timestamp: at,
    part: PARTS[at % 3]!,
  }));
  const before = tinyDataset(rows);
  const { dataset, candidates } = withColdItems(before, 0.2, 7);
  expect(candidates.reduce((sum, cold) => sum + cold, 0)).toBe(2);
  before.part.forEach((part, row) => {
    const warm = part === PART.validation ? PART.validation : PART.train;
    const expected = candidates[before.item[row]!] === 1 ? PART.test : warm;
    expect(dataset.part[row]).toBe(expected);
  });
  expect(dataset.split).toBe("cold-items");
});

test("the same seed takes the same cold items out, other seeds take others", () => {
  const dataset = tinyDataset([{ user: 0, item: 0 }], { items: 100 });
  const cold = (seed: number) => withColdItems(dataset, 0.2, seed).candidates.join("");
  expect(cold(1)).toBe(cold(1));
  expect(new Set([1, 2, 3, 4].map(cold)).size).toBe(4);
});
