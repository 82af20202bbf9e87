import { expect, test } from "vitest";

import {
  coverage,
  diversityAtK,
  exposureAtK,
  gini,
  noveltyAtK,
} from "../../../src/core/evaluate/lists/index.ts";
import { tinyDataset } from "../data/tiny-dataset.ts";

test("exposure counts the first k ranks only, and lists may be shorter", () => {
  expect([...exposureAtK([[0, 1, 2], [0]], 4, 2)]).toEqual([2, 1, 0, 0]);
});

test("coverage is the share of items that stand in any list", () => {
  expect(coverage([2, 1, 0, 0])).toBe(0.5);
  expect(coverage([])).toBeUndefined();
});

test("Gini is 0 when all items are shown alike and 1 − 1/n when one has every place", () => {
  expect(gini([3, 3, 3])).toBe(0);
  expect(gini([0, 0, 0, 7])).toBe(0.75);
  // 1, 2, 3: (−2·1 + 0·2 + 2·3) / (3·6)
  expect(gini([3, 1, 2])).toBeCloseTo(4 / 18, 12);
  expect(gini([0, 0])).toBeUndefined();
});

test("novelty is the mean of log2((users + 1) / (users of the item + 1))", () => {
  // 7 users: items had by 7, 3 and 0 of them carry 0, 1 and 3 bits.
  expect(noveltyAtK([[0, 1], [2]], [7, 3, 0], 7, 2)).toBeCloseTo(4 / 3, 12);
  expect(noveltyAtK([[0, 1], [2]], [7, 3, 0], 7, 1)).toBeCloseTo(3 / 2, 12);
  expect(noveltyAtK([[]], [1], 1, 1)).toBeUndefined();
});

test("diversity is 1 − the mean cosine of the items' tokens, pairs counted by hand", () => {
  const { itemTokens } = tinyDataset([{ user: 0, item: 3 }], {
    itemTokens: [[0, 1], [0], [2], []],
  });
  // cos(0,1) = 1/√2, cos(0,2) = cos(1,2) = 0; item 3 has no tokens and is left out.
  expect(diversityAtK([[0, 1, 3, 2]], itemTokens, 4)).toBeCloseTo(1 - Math.SQRT1_2 / 3, 12);
  expect(diversityAtK([[0, 1, 3, 2]], itemTokens, 2)).toBeCloseTo(1 - Math.SQRT1_2, 12);
  expect(diversityAtK([[0, 3], [1]], itemTokens, 2)).toBeUndefined();
});

test("diversity averages over lists, each measured on its own", () => {
  const { itemTokens } = tinyDataset([{ user: 0, item: 2 }], { itemTokens: [[0], [0], [1]] });
  const lists = [
    [0, 1],
    [0, 2],
  ];
  expect(diversityAtK(lists, itemTokens, 2)).toBeCloseTo(0.5, 12);
});
