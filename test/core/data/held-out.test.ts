import { expect, test } from "vitest";

import { heldOut } from "../../../src/core/data/index.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset } from "./tiny-dataset.ts";

const rows = [
  { user: 0, item: 3, rating: 5, part: "test" },
  { user: 0, item: 1, rating: 4, part: "test" },
  { user: 0, item: 2, rating: 1, part: "test" },
  { user: 1, item: 0, rating: 1, part: "test" },
  { user: 2, item: 0, rating: 5, part: "train" },
] as const;

test("A21 an explicit row below the threshold is not relevant; lists ascend", () => {
  const dataset = tinyDataset(rows, { ratings: "explicit", positiveThreshold: 4 });
  const { offsets, itemIndices } = heldOut(dataset, PART.test);
  expect([...offsets]).toEqual([0, 2, 2, 2]);
  expect([...itemIndices]).toEqual([1, 3]);
});

test("every row of a test.tsv is relevant", () => {
  const dataset = tinyDataset(rows, {
    ratings: "explicit",
    positiveThreshold: 4,
    split: "test.tsv",
  });
  expect([...heldOut(dataset, PART.test).itemIndices]).toEqual([1, 2, 3, 0]);
});

test("an item that the user already has in an earlier part is not relevant, a later part does not matter", () => {
  const dataset = tinyDataset([
    { user: 0, item: 0, part: "train" },
    { user: 0, item: 0, part: "validation" },
    { user: 0, item: 1, part: "validation" },
    { user: 0, item: 1, part: "test" },
    { user: 0, item: 2, part: "test" },
  ]);
  expect([...heldOut(dataset, PART.validation).itemIndices]).toEqual([1]);
  expect([...heldOut(dataset, PART.test).itemIndices]).toEqual([2]);
});

test("of a pair held out twice the latest rating decides", () => {
  const dataset = tinyDataset(
    [
      { user: 0, item: 0, rating: 5, part: "test" },
      { user: 0, item: 0, rating: 1, part: "test" },
      { user: 0, item: 1, rating: 1, part: "test" },
      { user: 0, item: 1, rating: 5, part: "test" },
    ],
    { ratings: "explicit", positiveThreshold: 4 },
  );
  expect([...heldOut(dataset, PART.test).itemIndices]).toEqual([1]);
});
