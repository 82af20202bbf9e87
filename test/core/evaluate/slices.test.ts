import { expect, test } from "vitest";

import { histories } from "../../../src/core/data/index.ts";
import { sliceDefinitions } from "../../../src/core/evaluate/slices.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset } from "../data/tiny-dataset.ts";

/** The slices of a shop where user u has the items 0 … lengths[u] − 1. */
function slicesOf(lengths: readonly number[], items: number) {
  const rows = lengths.flatMap((length, user) =>
    Array.from({ length }, (_, item) => ({ user, item })),
  );
  const dataset = tinyDataset(rows, { users: lengths.length, items });
  return sliceDefinitions(histories(dataset, [PART.train])).map(({ holds, ...slice }) => {
    const all = slice.of === "users" ? lengths.length : items;
    // Neither depends on the other side: every user meets item 0, every item user 0.
    const members = Array.from({ length: all }, (_, i) => i).filter((i) =>
      slice.of === "users" ? holds(i, 0) : holds(0, i),
    );
    return { ...slice, members };
  });
}

test("users are cut by the number of their items, items by the number of their users", () => {
  // Users have 0, 1, 2, 4, 5 and 6 items; a third of the five who have any is at most 2, two thirds at
  // most 5. Items have 5, 4, 3, 3, 2, 1 and 0 users: of the six with any, bounds 2 and 3.
  expect(slicesOf([0, 1, 2, 4, 5, 6], 7)).toEqual([
    {
      name: "cold users",
      of: "users",
      description: "users with fewer than 5 items in their history",
      members: [0, 1, 2, 3],
    },
    {
      name: "low activity",
      of: "users",
      description: "users with at most 2 items in their history",
      members: [0, 1, 2],
    },
    {
      name: "middle activity",
      of: "users",
      description: "users with more than 2 and at most 5 items in their history",
      members: [3, 4],
    },
    {
      name: "high activity",
      of: "users",
      description: "users with more than 5 items in their history",
      members: [5],
    },
    {
      name: "cold items",
      of: "items",
      description: "items that no user had interacted with",
      members: [6],
    },
    {
      name: "low popularity",
      of: "items",
      description: "items with at most 2 users",
      members: [4, 5],
    },
    {
      name: "middle popularity",
      of: "items",
      description: "items with more than 2 and at most 3 users",
      members: [2, 3],
    },
    {
      name: "high popularity",
      of: "items",
      description: "items with more than 3 users",
      members: [0, 1],
    },
  ]);
});

test("where all are alike the low third is everybody, and the other bounds say that nobody is left", () => {
  const slices = slicesOf([2, 2, 2], 2).filter(({ name }) => name.endsWith("activity"));
  expect(slices.map(({ description, members }) => [description, members])).toEqual([
    ["users with at most 2 items in their history", [0, 1, 2]],
    ["users with more than 2 and at most 2 items in their history", []],
    ["users with more than 2 items in their history", []],
  ]);
});
