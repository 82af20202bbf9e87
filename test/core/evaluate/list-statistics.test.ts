import { expect, test } from "vitest";

import { histories } from "../../../src/core/data/index.ts";
import { listStatistics } from "../../../src/core/evaluate/list-statistics.ts";
import type { Rankings } from "../../../src/core/rank/index.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset } from "../data/tiny-dataset.ts";

/** Lists of at most two items. */
function rankings(lists: readonly (readonly number[])[]): Rankings {
  return {
    k: 2,
    counts: Uint32Array.from(lists, ({ length }) => length),
    items: Uint32Array.from(lists.flatMap(([first = 0, second = 0]) => [first, second])),
    scores: new Float32Array(2 * lists.length),
    logSumExp: new Float64Array(lists.length),
  };
}

// Three users; item 0 is had by all of them, item 1 by one, items 2 and 3 by none.
const dataset = tinyDataset(
  [
    { user: 0, item: 0 },
    { user: 1, item: 0 },
    { user: 2, item: 0 },
    { user: 2, item: 1 },
  ],
  { items: 4, itemTokens: [[0], [0], [1], []] },
);
const history = histories(dataset, [PART.train]);
const catalogue = { history, tokens: dataset.itemTokens, candidates: undefined };
const lists = rankings([[1, 0], [1, 2], [1]]);

test("coverage, Gini, novelty and diversity of the lists, at each length", () => {
  const statistics = listStatistics(lists, catalogue, [1, 2]);
  // Shown at 1: 0 3 0 0; at 2: 1 3 1 0. Information: 0 bits for item 0, 1 for item 1, 2 for item 2.
  expect(statistics).toEqual({
    "coverage@1": 1 / 4,
    "gini@1": 3 / 4,
    "novelty@1": 1,
    "diversity@1": null, // no list has two items
    "coverage@2": 3 / 4,
    "gini@2": (-3 * 0 - 1 * 1 + 1 * 1 + 3 * 3) / (4 * 5),
    "novelty@2": (1 + 0 + 1 + 2 + 1) / 5,
    "diversity@2": (0 + 1) / 2,
  });
});

test("items that are no candidates are not missing from the coverage", () => {
  const candidates = Uint8Array.of(1, 1, 1, 0);
  const statistics = listStatistics(lists, { ...catalogue, candidates }, [2]);
  // Shown: 1 3 1, ascending 1 1 3.
  expect(statistics["coverage@2"]).toBe(1);
  expect(statistics["gini@2"]).toBeCloseTo((-2 * 1 + 0 * 1 + 2 * 3) / (3 * 5), 12);
});

test("without a list nothing can be said, but that nothing is covered", () => {
  expect(listStatistics(rankings([[]]), catalogue, [2])).toEqual({
    "coverage@2": 0,
    "gini@2": null,
    "novelty@2": null,
    "diversity@2": null,
  });
  const candidates = new Uint8Array(4);
  const statistics = listStatistics(rankings([[]]), { ...catalogue, candidates }, [2]);
  expect(statistics["coverage@2"]).toBeNull();
});
