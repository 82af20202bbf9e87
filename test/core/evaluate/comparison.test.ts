import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import {
  Comparison,
  type Measure,
  measuresAt,
  nameOf,
} from "../../../src/core/evaluate/comparison.ts";
import type { Rankings } from "../../../src/core/rank/index.ts";
import { type Kernels, openKernels, random } from "../../../src/kernels/index.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openKernels({ wasm: await readFile("build/kernels.wasm"), threads: 1 });
});
afterAll(() => kernels.close());

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

const measures: readonly Measure[] = [
  { metric: "recall", k: 1 },
  { metric: "mrr", k: 2 },
];
const resampling = () => ({ kernels, samples: 500, random: random(1) });

/** Users 0 and 2 have relevant items, user 1 has none. */
const relevant = [new Set([5]), new Set<number>(), new Set([1, 2])];
const a = rankings([[5, 9], [8], [3, 1]]);
const b = rankings([[9, 5], [8], [1, 2]]);

test("each scorer is measured over the users who have something to find", () => {
  const comparison = new Comparison([a, b], relevant, measures, resampling());
  expect([comparison.users, comparison.relevant]).toEqual([2, 3]);
  // a: recall@1 1 and 0, mrr@2 1 and 1/2; b: recall@1 0 and 1/2, mrr@2 1/2 and 1. Two users resample to
  // either of them alone in a quarter of the draws, which is more than 2.5 %.
  expect(comparison.estimates(0)).toEqual({
    "recall@1": { value: 0.5, low: 0, high: 1 },
    "mrr@2": { value: 0.75, low: 0.5, high: 1 },
  });
  expect(comparison.estimates(1)).toEqual({
    "recall@1": { value: 0.25, low: 0, high: 0.5 },
    "mrr@2": { value: 0.75, low: 0.5, high: 1 },
  });
});

test("a difference is that of each user's own figures, in the direction asked for", () => {
  const comparison = new Comparison([a, b], relevant, measures, resampling());
  expect(comparison.differences(0, 1)).toEqual({
    "recall@1": { value: 0.25, low: -0.5, high: 1 },
    "mrr@2": { value: 0, low: -0.5, high: 0.5 },
  });
  expect(comparison.differences(1, 0)).toEqual({
    "recall@1": { value: -0.25, low: -1, high: 0.5 },
    "mrr@2": { value: 0, low: -0.5, high: 0.5 },
  });
});

test("a list that is shorter than the others holds nothing beyond its end", () => {
  // The place behind the end of user 0's list holds 0, which is relevant.
  const short = rankings([[7]]);
  const comparison = new Comparison([short], [new Set([0])], measures, resampling());
  expect(comparison.estimates(0)["mrr@2"]!.value).toBe(0);
});

test("without anybody to measure there are no figures", () => {
  const nothing = [new Set<number>(), new Set<number>(), new Set<number>()];
  const comparison = new Comparison([a, b], nothing, measures, resampling());
  expect([comparison.users, comparison.relevant]).toEqual([0, 0]);
  expect(comparison.estimates(0)).toEqual({});
  expect(comparison.differences(0, 1)).toEqual({});
});

test("every metric is measured at every length, under metric@length", () => {
  const names = measuresAt([3, 10]).map(nameOf);
  expect(names.toSorted()).toEqual(
    ["hitRate", "map", "mrr", "ndcg", "precision", "recall"].flatMap((name) => [
      `${name}@10`,
      `${name}@3`,
    ]),
  );
});
