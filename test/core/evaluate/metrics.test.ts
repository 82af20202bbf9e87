import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  averagePrecisionAtK,
  hitRateAtK,
  ndcgAtK,
  precisionAtK,
  recallAtK,
  reciprocalRankAtK,
} from "../../../src/core/evaluate/index.ts";

const all = {
  ndcgAtK,
  recallAtK,
  precisionAtK,
  averagePrecisionAtK,
  reciprocalRankAtK,
  hitRateAtK,
};

test("Amazon Personalize's worked example: relevant at ranks 2 and 5 of 5", () => {
  const ranking = [10, 11, 12, 13, 14];
  const relevant = new Set([11, 14]);
  expect(reciprocalRankAtK(ranking, relevant, 5)).toBe(0.5);
  expect(ndcgAtK(ranking, relevant, 5)).toBeCloseTo(0.6241, 4);
  expect(precisionAtK(ranking, relevant, 5)).toBe(0.4);
});

test("gorse's published case: 1, 3, 5 and 7 relevant among 0 … 9", () => {
  const ranking = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(ndcgAtK(ranking, new Set([1, 3, 5, 7]), 10)).toBeCloseTo(0.6766373, 6);
});

test("recall@k divides by all the relevant items, not by k", () => {
  expect(recallAtK([1, 2], new Set([1, 2, 3, 4]), 2)).toBe(0.5);
});

test("precision@k divides by k, also where the ranking is shorter", () => {
  expect(precisionAtK([1], new Set([1]), 10)).toBe(0.1);
});

test("average precision@k divides by min(k, relevant items)", () => {
  // Hits at ranks 1 and 3: (1/1 + 2/3) / min(3, 4).
  expect(averagePrecisionAtK([1, 9, 2, 3], new Set([1, 2, 3, 4]), 3)).toBeCloseTo(5 / 9, 12);
  expect(averagePrecisionAtK([1, 9, 2], new Set([1, 2]), 3)).toBeCloseTo(5 / 6, 12);
});

test("NDCG@k of a short ranking is measured against k relevant items, not against the ranking's length", () => {
  // One hit at rank 1 of a list of one; two could have been shown.
  expect(ndcgAtK([1], new Set([1, 2]), 2)).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
});

test("a hit just beyond k counts nowhere", () => {
  const ranking = [9, 8, 1];
  for (const [name, metric] of Object.entries(all)) {
    expect(metric(ranking, new Set([1]), 2), name).toBe(0);
    expect(metric(ranking, new Set([1]), 3), name).toBeGreaterThan(0);
  }
});

describe.each(Object.entries(all))("%s", (_, metric) => {
  test("is undefined without relevant items, and 0 for an empty ranking", () => {
    expect(metric([1, 2], new Set(), 2)).toBeUndefined();
    expect(metric([], new Set([1]), 2)).toBe(0);
  });

  const lists = fc.record({
    ranking: fc.uniqueArray(fc.nat(30), { maxLength: 15 }),
    relevant: fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 10 }),
    k: fc.integer({ min: 1, max: 20 }),
  });

  test("lies in [0, 1]", () => {
    fc.assert(
      fc.property(lists, ({ ranking, relevant, k }) => {
        const value = metric(ranking, new Set(relevant), k)!;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("never falls when a relevant item moves one rank up", () => {
    fc.assert(
      fc.property(lists, fc.nat(14), ({ ranking, relevant, k }, place) => {
        const wanted = new Set(relevant);
        const [above, below] = [ranking[place], ranking[place + 1]];
        fc.pre(above !== undefined && below !== undefined);
        fc.pre(!wanted.has(above) && wanted.has(below));
        const better = ranking.with(place, below).with(place + 1, above);
        expect(metric(better, wanted, k)).toBeGreaterThanOrEqual(metric(ranking, wanted, k)!);
      }),
    );
  });
});

test.each(["ndcgAtK", "averagePrecisionAtK", "reciprocalRankAtK", "hitRateAtK"] as const)(
  "%s is 1 exactly when the relevant items lead the ranking",
  (name) => {
    expect(all[name]([3, 1, 2, 9, 8], new Set([1, 2, 3]), 5)).toBe(1);
  },
);
