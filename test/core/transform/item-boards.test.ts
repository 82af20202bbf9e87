import fc from "fast-check";
import { expect, test } from "vitest";

import { ItemBoards } from "../../../src/core/transform/item-boards.ts";

/** (users, items) values with many ties; below 0 is no offer. */
const offers = fc.array(
  fc.array(fc.constantFrom(-1, 0, 0.25, 0.5, 1), { minLength: 3, maxLength: 3 }),
  {
    maxLength: 30,
  },
);

/** What an item's ranking must be: sorted by value, then by user, both falling (A16). */
function plainRanking(rows: readonly (readonly number[])[], item: number, k: number): number[] {
  return rows
    .map((values, user) => ({ user, value: values[item]! }))
    .filter(({ value }) => value >= 0)
    .sort((a, b) => b.value - a.value || b.user - a.user)
    .slice(0, k)
    .map(({ user }) => user);
}

/** Offers a user to every item whose value is not below 0. */
function offerAll(board: ItemBoards, user: number, values: readonly number[]): void {
  values.forEach((value, item) => {
    if (value >= 0) board.offer(item, user, value, value);
  });
}

test("A16 a board holds the best k users of each item, of equal ones the larger", () => {
  fc.assert(
    fc.property(offers, fc.integer({ min: 1, max: 8 }), (rows, k) => {
      const board = new ItemBoards(3, k);
      rows.forEach((values, user) => {
        offerAll(board, user, values);
      });
      for (let item = 0; item < 3; item++) {
        expect(Array.from(board.ranking(item).indices)).toEqual(plainRanking(rows, item, k));
      }
    }),
  );
});

test("A32 boards of any two parts of the users merge into the board of all", () => {
  fc.assert(
    fc.property(offers, fc.integer({ min: 1, max: 8 }), fc.nat(30), (rows, k, cut) => {
      const parts = [new ItemBoards(3, k), new ItemBoards(3, k)];
      rows.forEach((values, user) => {
        offerAll(parts[user < cut ? 0 : 1]!, user, values);
      });
      const merged = new ItemBoards(3, k);
      for (const part of parts.reverse()) merged.merge(part);
      for (let item = 0; item < 3; item++) {
        expect(Array.from(merged.ranking(item).indices)).toEqual(plainRanking(rows, item, k));
      }
    }),
  );
});

test("a user ranked by one figure keeps the probability given beside it", () => {
  const board = new ItemBoards(1, 2);
  board.offer(0, 0, 3, 0.25);
  board.offer(0, 1, 5, 0.125);
  const { indices, probabilities } = board.ranking(0);
  expect([...indices]).toEqual([1, 0]);
  expect([...probabilities]).toEqual([0.125, 0.25]);
});

test("an item's floor is reached by everybody until it has K users, then by who equals its worst", () => {
  const board = new ItemBoards(2, 2);
  board.offer(1, 0, 3, 0.25);
  expect([...board.floors]).toEqual([-1, -1]);
  board.offer(1, 1, 5, 0.125);
  expect([...board.floors]).toEqual([-1, 3]);
  board.offer(1, 2, 4, 0.125);
  expect([...board.floors]).toEqual([-1, 4]);
  board.offer(1, 3, 4, 0.125); // of equal ones the larger user
  expect([...board.ranking(1).indices]).toEqual([1, 3]);
});
