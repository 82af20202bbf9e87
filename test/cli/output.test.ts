import { expect, test } from "vitest";

import { bytes, duration, rough, whole } from "../../src/cli/output/quantities.ts";
import { table } from "../../src/cli/output/table.ts";

test.each([
  [0, "0.0 s"],
  [4.24, "4.2 s"],
  [9.97, "10 s"],
  [59.6, "1 min 00 s"],
  [185, "3 min 05 s"],
  [7800, "2 h 10 min"],
  [259_200, "3 days"],
])("%d seconds are %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [38_400, "38 kB"],
  [999_700, "1.0 MB"],
  [1_300_000_000, "1.3 GB"],
])("%d bytes are %s", (count, text) => {
  expect(bytes(count)).toBe(text);
});

test("rates are rough, counts are whole", () => {
  expect([0.5, 25, 950, 12_400, 1_250_000].map(rough)).toEqual([
    "0.5",
    "25",
    "950",
    "12 k",
    "1.3 M",
  ]);
  expect(whole(1_000_209)).toBe("1,000,209");
});

test("a table is as wide as its cells, figures to the right, colours not counted", () => {
  const text = table(
    ["METRIC", "VALUE"],
    [
      ["ndcg@10", "0.1"],
      ["\u001b[1mr\u001b[22m", "12.25"],
    ],
    "",
  );
  expect(text.split("\n")).toEqual([
    "METRIC   VALUE",
    "ndcg@10    0.1",
    "\u001b[1mr\u001b[22m        12.25",
  ]);
});
