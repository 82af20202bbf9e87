import { expect, test } from "vitest";

import { heldOut, histories } from "../../../src/core/data/index.ts";
import { validationUsers } from "../../../src/core/train/validation.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset, type TinyRow } from "../data/tiny-dataset.ts";

const held = (user: number): TinyRow => ({ user, item: 1, part: "validation" });

test("who decides has a history and something held out; of too many a fixed sample", () => {
  const known = [0, 2, 3, 5, 6].map((user) => ({ user, item: 0 }));
  const dataset = tinyDataset([...known, ...[0, 1, 3, 4, 5].map(held)], { items: 3, users: 8 });
  const history = histories(dataset, [PART.train]);
  const users = (most: number, seed: number) => [
    ...validationUsers(history, heldOut(dataset, PART.validation), most, seed),
  ];
  expect(users(10, 0)).toEqual([0, 3, 5]);
  expect(users(2, 1)).toHaveLength(2);
  expect(users(2, 1)).toEqual(users(2, 1));
  const samples = Array.from({ length: 20 }, (_, seed) => users(2, seed).join());
  expect(new Set(samples)).toEqual(new Set(["0,3", "0,5", "3,5"]));
});
