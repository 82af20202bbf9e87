import { expect, test } from "vitest";

import { splitRows } from "../../src/collector/split/index.ts";

/** Passing it keeps the default, the item numbers as times, away. */
const NO_TIME = null;

/** The parts, a string a user: T training, V validation, E test. */
function parts(
  histories: readonly (readonly number[])[],
  split: "per-user" | "leave-last-out" | "global-time" = "per-user",
  timestamp: readonly number[] | null = histories.flat(),
  seed = 0,
): string[] {
  const offsets = new Uint32Array(histories.length + 1);
  for (const [user, rows] of histories.entries()) offsets[user + 1] = offsets[user]! + rows.length;
  const item = Uint32Array.from(histories.flat());
  const rows = {
    offsets,
    item,
    timestamp: timestamp === null ? undefined : Float64Array.from(timestamp),
  };
  const { part } = splitRows(rows, 100, split, seed);
  const letters = Array.from(part, (value) => "TVE"[value]!).join("");
  return histories.map((_, user) => letters.slice(offsets[user], offsets[user + 1]));
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test("per-user: with at least 5 rows the latest tenth, at least one, is test and as many before it validation", () => {
  expect(parts([range(4), range(5), range(19), range(20), []])).toEqual([
    "TTTT",
    "TTTVE",
    `${"T".repeat(17)}VE`,
    `${"T".repeat(16)}VVEE`,
    "",
  ]);
});

test("leave-last-out: the last row is test and the one before it validation, from 3 rows on", () => {
  expect(parts([range(2), range(3), range(6)], "leave-last-out")).toEqual(["TT", "TVE", "TTTTVE"]);
});

test("global-time: the latest tenth of all rows is test, the tenth before it validation, whoever's they are", () => {
  const histories = [range(6), range(4), range(10), []];
  const times = [...range(6), ...range(4).map((n) => 30 - n), ...range(10).map((n) => 10 + n)];
  expect(parts(histories, "global-time", times)).toEqual(["TTTTTT", "EEVV", "TTTTTTTTTT", ""]);
  // Of equal times none is torn apart: all of the last 3 of 20 rows go to the later side.
  const tied = [...range(17), 50, 50, 50];
  expect(parts([range(20)], "global-time", tied)).toEqual([`${"T".repeat(16)}VEEE`]);
});

test("global-time without timestamps is an error that says what to do", () => {
  expect(() => parts([range(9)], "global-time", NO_TIME)).toThrow(
    'collector.split is "global-time", which needs a timestamp column',
  );
});

test("a repeated pair stays on the earliest side, and other users' rows of the item do not matter", () => {
  expect(
    parts([
      [7, 1, 2, 7, 3],
      [1, 2, 3, 4, 4],
      [1, 2, 3, 4, 7],
    ]),
  ).toEqual(["TTTTE", "TTTVV", "TTTVE"]);
});

test("without timestamps the held-out rows are drawn by the seed: as many, not always the last, the same each time", () => {
  const histories = Array.from({ length: 50 }, () => range(20));
  const drawn = parts(histories, "per-user", NO_TIME, 1);
  for (const letters of drawn) {
    expect(Array.from(letters).sort().join("")).toBe(`EE${"T".repeat(16)}VV`);
  }
  expect(new Set(drawn).size).toBeGreaterThan(40);
  expect(parts(histories, "per-user", NO_TIME, 1)).toEqual(drawn);
  expect(parts(histories, "per-user", NO_TIME, 2)).not.toEqual(drawn);
});

test("without timestamps a repeated pair is on one side only", () => {
  const drawn = parts([[1, 2, 3, 4, 5, 1, 2, 3, 4, 5]], "per-user", NO_TIME, 3);
  expect(drawn[0]!.slice(0, 5)).toBe(drawn[0]!.slice(5));
});
