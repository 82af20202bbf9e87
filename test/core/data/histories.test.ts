import { expect, test } from "vitest";

import { histories, popularity } from "../../../src/core/data/index.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset } from "./tiny-dataset.ts";

test("A20 a repeated pair is one entry at the time of its last row, weighing log2(1 + n)", () => {
  const dataset = tinyDataset([
    { user: 0, item: 2 },
    { user: 0, item: 1 },
    { user: 0, item: 2 },
    { user: 0, item: 2 },
    { user: 1, item: 0 },
  ]);
  const result = histories(dataset, [PART.train]);
  expect([...result.offsets]).toEqual([0, 2, 3]);
  expect([...result.itemIndices]).toEqual([1, 2, 0]);
  expect([...result.weights]).toEqual([1, 2, 1]); // log2(1+1), log2(1+3), log2(1+1)
  expect([...result.timestamps!]).toEqual([1, 3, 4]);
  expect([...result.positive]).toEqual([1, 1, 1]);
});

test("A20 of a repeated explicit pair the latest rating counts", () => {
  const dataset = tinyDataset(
    [
      { user: 0, item: 0, rating: 5, timestamp: 30 },
      { user: 0, item: 0, rating: 2, timestamp: 40 },
      { user: 0, item: 1, rating: 4, timestamp: 20 },
    ],
    { ratings: "explicit", positiveThreshold: 4 },
  );
  const result = histories(dataset, [PART.train]);
  expect([...result.itemIndices]).toEqual([1, 0]);
  expect([...result.ratings]).toEqual([4, 2]);
  expect([...result.positive], "A21: at or above the threshold").toEqual([1, 0]);
});

test("an explicit weight is 1 at the user's mean and does not depend on the scale of ratings", () => {
  const weightsOn = (scale: (stars: number) => number) =>
    histories(
      tinyDataset(
        [1, 3, 5].map((stars, item) => ({ user: 0, item, rating: scale(stars) })),
        { ratings: "explicit", positiveThreshold: 0 },
      ),
      [PART.train],
    ).weights;
  // Deviation of 1, 3, 5 is √(8/3); 2 / (1 + exp(1.5 · 2 / √(8/3))) = 0.27478.
  expect([...weightsOn((stars) => stars)].map((w) => w.toFixed(4))).toEqual([
    "0.2748",
    "1.0000",
    "1.7252",
  ]);
  weightsOn((stars) => 20 * stars - 7).forEach((weight, entry) => {
    expect(weight).toBeCloseTo(weightsOn((stars) => stars)[entry]!, 5);
  });
});

test("only rows of the named parts enter, and a user without any has an empty history", () => {
  const dataset = tinyDataset([
    { user: 0, item: 0, part: "train" },
    { user: 0, item: 1, part: "validation" },
    { user: 0, item: 2, part: "test" },
    { user: 2, item: 0, part: "test" },
  ]);
  const { offsets, itemIndices } = histories(dataset, [PART.train, PART.validation]);
  expect([...offsets]).toEqual([0, 2, 2, 2]);
  expect([...itemIndices]).toEqual([0, 1]);
});

test("without timestamps the file order is the time order", () => {
  const dataset = tinyDataset(
    [
      { user: 0, item: 1 },
      { user: 0, item: 0 },
      { user: 0, item: 1 },
    ],
    { withoutTimestamps: true },
  );
  const result = histories(dataset, [PART.train]);
  expect([...result.itemIndices]).toEqual([0, 1]);
  expect(result.timestamps).toBeUndefined();
});

test("A16 an item's count is its number of rows, repeated ones too, ratings not summed", () => {
  const dataset = tinyDataset(
    [
      { user: 0, item: 1, rating: 5 },
      { user: 0, item: 1, rating: 4 },
      { user: 1, item: 1, rating: 1 },
      { user: 1, item: 0, rating: 3, part: "test" },
    ],
    { ratings: "explicit", positiveThreshold: 4, items: 3 },
  );
  expect([...popularity(dataset, [PART.train])]).toEqual([0, 3, 0]);
  expect([...popularity(dataset, [PART.train, PART.test])]).toEqual([1, 3, 0]);
});
