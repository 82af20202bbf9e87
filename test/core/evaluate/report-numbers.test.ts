import { expect, test } from "vitest";

import {
  columnPercent,
  decimals,
  percent,
  roundPercent,
  signed,
  times,
  whole,
} from "../../../src/core/evaluate/report/numbers.ts";

test.each([
  [1, "1.00 times"],
  [1.049, "1.05 times"],
  [1.0949, "1.09 times"],
  [1.0951, "1.1 times"],
  [1.55, "1.6 times"],
  [9.949, "9.9 times"],
  [9.96, "10 times"],
  [99.7, "100 times"],
  [12345.6, "12,346 times"],
])("a ratio of %d reads %s", (ratio, words) => {
  expect(times(ratio)).toBe(words);
});

test.each([
  [0, "0 %"],
  [0.0004, "< 0.1 %"],
  [0.001, "0.1 %"],
  [0.0094, "0.9 %"],
  [0.0096, "1 %"],
  [0.097, "10 %"],
  [1, "100 %"],
])("in a sentence a share of %d reads %s", (share, words) => {
  expect(roundPercent(share)).toBe(words);
});

test("in a column shares keep their digits, and none reads as nothing", () => {
  expect([0, 0.00001, 0.0101, 0.5].map(columnPercent)).toEqual([
    "0.00 %",
    "< 0.01 %",
    "1.01 %",
    "50.00 %",
  ]);
});

test("about three digits of a percentage, whatever its size", () => {
  expect([0.00123, 0.0123, 0.123].map(percent)).toEqual(["0.123 %", "1.23 %", "12.3 %"]);
});

test("a sign stands before every number but zero, and commas part the thousands", () => {
  expect([-0.25, 0, 0.25].map((value) => signed(value, decimals))).toEqual([
    "−0.2500",
    "0.0000",
    "+0.2500",
  ]);
  expect([1, 999, 1000, 1234567].map(whole)).toEqual(["1", "999", "1,000", "1,234,567"]);
});
