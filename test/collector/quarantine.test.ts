import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { Quarantine } from "../../src/collector/check/quarantine.ts";
import type { RowProblem } from "../../src/schema/index.ts";
import { temporaryFolder } from "./shop.ts";

const HEADER = "file,line,column,rule,value,what_to_do\n";
const problem: RowProblem = {
  file: "items.csv",
  line: 3,
  column: "age",
  rule: "wrong_type",
  value: "many",
  whatToDo: "write 26",
};

function quarantine(): Quarantine {
  const made = new Quarantine(join(temporaryFolder(), "quarantine.csv"));
  onTestFinished(() => {
    made.close();
  });
  return made;
}

test("quarantine.csv is a header and a line a row, in the order found", () => {
  const found = quarantine();
  found.add(problem);
  found.add({ ...problem, line: 2, column: "", rule: "quotes", value: "" });
  found.close();
  expect(readFileSync(found.path, "utf8")).toBe(
    `${HEADER}items.csv,3,age,wrong_type,many,write 26\nitems.csv,2,,quotes,,write 26\n`,
  );
});

test("cells with a quote, a comma or a line end are quoted as RFC 4180 says, and others are not", () => {
  const found = quarantine();
  for (const value of ["a,b", 'say "hi" "', "a\nb", "a\rb", "a b;'c'"]) {
    found.add({ ...problem, value });
  }
  found.close();
  const line = (value: string): string => `items.csv,3,age,wrong_type,${value},write 26\n`;
  expect(readFileSync(found.path, "utf8")).toBe(
    HEADER +
      ['"a,b"', '"say ""hi"" """', '"a\nb"', '"a\rb"', "a b;'c'"]
        .map((value) => line(value))
        .join(""),
  );
});

test("a value of more than 200 characters is cut, and one of 200 is not", () => {
  const found = quarantine();
  found.add({ ...problem, value: "x".repeat(200) });
  found.add({ ...problem, value: "y".repeat(201) });
  found.close();
  expect(found.first.map(({ value }) => value)).toEqual(["x".repeat(200), `${"y".repeat(200)}…`]);
  expect(readFileSync(found.path, "utf8")).toContain(`,${"x".repeat(200)},`);
  expect(readFileSync(found.path, "utf8")).toContain(`,${"y".repeat(200)}…,`);
});

test("the first twenty are kept, and all are counted by rule and by file", () => {
  const found = quarantine();
  expect([found.total, found.rejected("items.csv"), found.byRule.size]).toEqual([0, 0, 0]);
  for (let line = 1; line <= 25; line++) found.add({ ...problem, line });
  found.add({ ...problem, file: "users.csv", rule: "quotes" });
  expect(found.first.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect([...found.byRule]).toEqual([
    ["wrong_type", 25],
    ["quotes", 1],
  ]);
  expect(found.rejected("items.csv")).toBe(25);
  expect(found.rejected("users.csv")).toBe(1);
  expect(found.rejected("others.csv")).toBe(0);
  expect(found.total).toBe(26);
});

test("a long quarantine goes to the disk as it grows, each row once", () => {
  const found = quarantine();
  for (let line = 1; line <= 1000; line++) found.add({ ...problem, line, value: "x".repeat(150) });
  expect(statSync(found.path).size).toBeGreaterThan(100_000);
  found.close();
  const lines = readFileSync(found.path, "utf8").trimEnd().split("\n").slice(1);
  expect(lines.map((text) => Number(text.split(",")[1]))).toEqual(
    Array.from({ length: 1000 }, (_, i) => i + 1),
  );
});

test("it may be closed twice, and ends with what it held", () => {
  const found = quarantine();
  found.add(problem);
  found.close();
  found.close();
  expect(readFileSync(found.path, "utf8").split("\n")).toHaveLength(3);
});
