import { expect, test } from "vitest";

import { HORIZON_WEEKS, WEEKS } from "../../src/sample/calendar.ts";
import { generateShop, interactionsOf, trueProbabilities } from "../../src/sample/index.ts";
import { atLeastOnce } from "../../src/sample/truth.ts";
import { heldOutOf, ndcgAt10 } from "./held-out.ts";
import { random } from "../../src/kernels/index.ts";

test.each([1, 2, 3])(
  "ranking by the true probabilities reaches at least twice popularity's NDCG@10 (seed %i)",
  (seed) => {
    const shop = generateShop({ seed });
    const users = heldOutOf(shop);
    const counts = new Float64Array(shop.options.items);
    for (const { seen } of users) for (const item of seen) counts[item]!++;

    const popularity = ndcgAt10(users, () => counts);
    const truth = ndcgAt10(users, trueProbabilities(shop));
    expect(truth).toBeGreaterThan(2 * popularity);
  },
);

test("a shop drawn again and again has each pair in its horizon as often as the truth says", () => {
  const shop = generateShop({ users: 20, items: 40, interactions: 2000, seed: 5 });
  const repetitions = 300;
  const met = new Float64Array(20 * 40);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const stream = random(repetition);
    const weeks = [...interactionsOf(shop, () => stream.uniform())];
    const pairs = new Set<number>();
    for (const { userIndex, itemIndex } of weeks.slice(WEEKS - HORIZON_WEEKS)) {
      userIndex.forEach((u, row) => pairs.add(u * 40 + itemIndex[row]!));
    }
    for (const pair of pairs) met[pair]!++;
  }
  const probabilitiesOf = trueProbabilities(shop);
  let chiSquare = 0;
  let cells = 0;
  for (let u = 0; u < 20; u++) {
    probabilitiesOf(u).forEach((p, item) => {
      const variance = repetitions * p * (1 - p);
      if (variance < 3) return;
      chiSquare += (met[u * 40 + item]! - repetitions * p) ** 2 / variance;
      cells++;
    });
  }
  expect(cells).toBeGreaterThan(200);
  // A chi-square over n cells has mean n and standard deviation √(2n); the pairs of a user hang together a little.
  expect(Math.abs(chiSquare / cells - 1)).toBeLessThan(6 * Math.sqrt(2 / cells));
});

test("the probability of at least one of n draws keeps its precision", () => {
  expect(atLeastOnce(0.5, 3)).toBeCloseTo(0.875, 15);
  expect(atLeastOnce(0.3, 0)).toBe(0);
  expect(atLeastOnce(1e-12, 130_000)).toBeCloseTo(1.3e-7 - 8.449935e-15, 20);
  expect(atLeastOnce(0.01, 100)).toBeCloseTo(1 - 0.99 ** 100, 14);
});

test("the probabilities of a user who arrives in the last week sum to 1: they interact once", () => {
  const shop = generateShop({ users: 200, items: 100, interactions: 2000, seed: 2 });
  const probabilities = trueProbabilities(shop)(199);
  expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
});
