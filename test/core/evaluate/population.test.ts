import { describe, expect, test } from "vitest";

import { heldOut, histories } from "../../../src/core/data/index.ts";
import { population, type PopulationOptions } from "../../../src/core/evaluate/population.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset, type TinyRow } from "../data/tiny-dataset.ts";

const everyone = { candidates: undefined, maxUsers: Infinity, seed: 0 };

function populationOf(
  rows: readonly TinyRow[],
  options: Partial<PopulationOptions>,
  users: number,
) {
  const dataset = tinyDataset(rows, { users, items: 6 });
  const history = histories(dataset, [PART.train]);
  const { users: ranked, relevant } = population(history, heldOut(dataset, PART.test), {
    ...everyone,
    ...options,
  });
  return { users: [...ranked], relevant: relevant.map((items) => [...items]) };
}

describe("the population", () => {
  // User 0 has a history alone, 1 nothing, 2 held-out items alone, 3 both, 4 nothing at the end.
  const rows: readonly TinyRow[] = [
    { user: 0, item: 0 },
    { user: 2, item: 1, part: "test" },
    { user: 2, item: 4, part: "test" },
    { user: 3, item: 0 },
    { user: 3, item: 2, part: "test" },
  ];

  test("is everybody who has a history or is to be shown something", () => {
    expect(populationOf(rows, {}, 5)).toEqual({ users: [0, 2, 3], relevant: [[], [1, 4], [2]] });
  });

  test("keeps the users whose items are no candidates, with nothing to find", () => {
    const candidates = Uint8Array.of(1, 1, 0, 1, 0, 1);
    expect(populationOf(rows, { candidates }, 5)).toEqual({
      users: [0, 2, 3],
      relevant: [[], [1], []],
    });
  });

  test("that is not larger than the most is taken whole", () => {
    expect(populationOf(rows, { maxUsers: 3 }, 5).users).toEqual([0, 2, 3]);
  });
});

describe("a sample of the population", () => {
  const rows = Array.from({ length: 5 }, (_, user): readonly TinyRow[] => [
    { user, item: 5 },
    { user, item: user, part: "test" },
  ]).flat();
  const sample = (seed: number, maxUsers = 2) => populationOf(rows, { seed, maxUsers }, 5);

  test("is distinct users in ascending order, each with their own items", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { users, relevant } = sample(seed, 3);
      expect(new Set(users).size).toBe(3);
      expect(users).toEqual(users.toSorted((a, b) => a - b));
      expect(relevant).toEqual(users.map((user) => [user]));
    }
  });

  test("is the same for the same seed", () => {
    expect(sample(7)).toEqual(sample(7));
  });

  test("holds each of the ten pairs of five users about equally often", () => {
    const seen = new Map<string, number>();
    const trials = 2000;
    for (let seed = 0; seed < trials; seed++) {
      const pair = sample(seed).users.join();
      seen.set(pair, (seen.get(pair) ?? 0) + 1);
    }
    expect(seen.size).toBe(10);
    const deviation = Math.sqrt(trials * 0.1 * 0.9);
    for (const [pair, count] of seen) {
      expect(Math.abs(count - trials / 10), pair).toBeLessThan(5 * deviation);
    }
  });
});
