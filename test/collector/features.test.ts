import { expect, test } from "vitest";

import { binLabel, binOf, quantileBins } from "../../src/collector/features/bins.ts";
import { standardise } from "../../src/collector/features/scale.ts";
import { categoryTokens } from "../../src/collector/features/vocabulary.ts";
import { wordsOf } from "../../src/collector/features/words.ts";

test("quantile bins hold about equally many, and equal values are never parted", () => {
  const bins = quantileBins(Float64Array.of(8, 1, 2, 3, 4, 5, 6, 7), 4);
  expect([...bins.edges]).toEqual([3, 5, 7]);
  expect([0, 1, 2, 3, 6.9, 7, 99].map((number) => binOf(bins, number))).toEqual([
    0, 0, 0, 1, 2, 3, 3,
  ]);
  expect([0, 1, 3].map((bin) => binLabel(bins, bin))).toEqual(["< 3", "[3, 5)", ">= 7"]);
  expect([...quantileBins(Float64Array.of(1, 1, 1, 1, 2), 16).edges]).toEqual([2]);
});

test("scaling gives mean 0 and deviation 1, leaves gaps, and maps equal numbers to 0", () => {
  // mean 5, population deviation 2
  expect([...standardise(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9, NaN))]).toEqual([
    -1.5,
    -0.5,
    -0.5,
    -0.5,
    0,
    0,
    1,
    2,
    NaN,
  ]);
  expect([...standardise(Float64Array.of(3, 3, NaN))]).toEqual([0, 0, NaN]);
});

test("tokens are the frequent categories, most frequent first, rare and late ones left out", () => {
  const rows = [["a", "b"], ["b"], ["c", "b"], ["c"], ["a"], ["rare"]];
  const { vocabulary, rows: tokens } = categoryTokens("f", rows, {
    minTokenItems: 2,
    maxTokens: 2,
  });
  expect(vocabulary).toEqual([
    { feature: "f", value: "b", count: 3 },
    { feature: "f", value: "a", count: 2 },
  ]);
  expect(tokens).toEqual([[0, 1], [0], [0], [], [1], []]);
});

test("words are lower-case runs of letters and digits of any script, each once", () => {
  expect(wordsOf("Amélie (2001): the THE Éte-2! 東京")).toEqual([
    "amélie",
    "2001",
    "the",
    "éte",
    "2",
    "東京",
  ]);
});
