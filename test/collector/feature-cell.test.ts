import { expect, test } from "vitest";

import { readFeatureCell } from "../../src/collector/check/feature-cell.ts";

test.each([
  ["26", 26n],
  ["-3", -3n],
  ["+7", 7n],
  ["  12  ", 12n],
  ["\t5\r", 5n],
  ["26.0", 26n],
  ["26.", 26n],
  ["-26.000", -26n],
  ["007", 7n],
  ["-0", 0n],
  ["123456789012345678901234567890", 123456789012345678901234567890n],
  ["", null],
  ["   ", null],
])("Q29 the int cell %j is %d", (cell, value) => {
  expect(readFeatureCell("int", cell)).toEqual({ value });
});

test.each([
  ["2.5"],
  ["26.01"],
  ["1e3"],
  ["0x10"],
  ["1_000"],
  ["1,000"],
  ["a1"],
  ["1a"],
  ["1 2"],
  ["--1"],
  ["+"],
  [".0"],
  ["NaN"],
  ["True"],
  // No double comes near an integer of more than 308 digits, so that it has no place among the bins.
  ["1".padEnd(310, "0")],
])("Q29 the cell %j is no int, and the row's repair is told with an example", (cell) => {
  expect(readFeatureCell("int", cell)).toEqual({
    rule: "wrong_type",
    whatToDo: expect.stringMatching(/integer such as 26.*empty.*change the type/) as string,
  });
});

test.each([
  ["2.5", 2.5],
  ["12", 12],
  ["1.", 1],
  [".25", 0.25],
  ["12.75", 12.75],
  ["+1", 1],
  ["-1e3", -1000],
  ["1E5", 100_000],
  ["1e10", 1e10],
  ["25e-10", 2.5e-9],
  ["1e+2", 100],
  [".5e1", 5],
  ["  2.5  ", 2.5],
  ["0", 0],
  ["1e-999", 0],
  ["", null],
  [" \t ", null],
])("Q30 the double cell %j is %d", (cell, value) => {
  expect(readFeatureCell("double", cell)).toEqual({ value });
});

test.each([
  ["a1"],
  ["1a"],
  ["1 2"],
  ["."],
  ["e5"],
  ["1e"],
  ["1e1.5"],
  ["0x10"],
  ["0b1"],
  ["1_000"],
  ["2,5"],
  ["--1"],
  ["NaN"],
  ["inf"],
  ["Infinity"],
  ["1e999"],
])("Q30 the cell %j is no double, and the row's repair is told with an example", (cell) => {
  expect(readFeatureCell("double", cell)).toEqual({
    rule: "wrong_type",
    whatToDo: expect.stringMatching(/number such as 2\.5.*empty.*change the type/) as string,
  });
});

test("Q31 a string cell is kept to the blank, and only an empty one is null", () => {
  expect(readFeatureCell("string", "")).toEqual({ value: null });
  expect(readFeatureCell("string", " ")).toEqual({ value: " " });
  expect(readFeatureCell("string", " Heat ")).toEqual({ value: " Heat " });
  expect(readFeatureCell("string", "26")).toEqual({ value: "26" });
});

test("Q32 A5 a set cell is its values, and a broken one is told with the character at which it breaks", () => {
  expect(readFeatureCell("set", "")).toEqual({ value: [] });
  expect(readFeatureCell("set", "['b', 'a', 'b']")).toEqual({ value: ["b", "a"] });
  expect(readFeatureCell("set", "['a' 'b']")).toEqual({
    rule: "bad_set",
    whatToDo: expect.stringMatching(/^write a list such as \['Comedy', .*character 6: /) as string,
  });
});
