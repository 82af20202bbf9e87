import { expect, test } from "vitest";

import { rejectedShareFailures } from "../../src/collector/check/rejected-share.ts";
import { StructureProblems } from "../../src/collector/check/structure.ts";
import { DataError, type FileReport } from "../../src/schema/index.ts";

function report(file: string, records: number, rejected: number): FileReport {
  return { file, header: false, columns: [], records, accepted: records - rejected, rejected };
}

/** Failures of interactions alone. */
function failures(records: number, rejected: number, maxShare: number): string[] {
  const interactions = report("x.csv", records, rejected);
  return rejectedShareFailures([interactions], interactions, maxShare);
}

test.each([
  [100, 1, 0.01],
  [1000, 10, 0.01],
  [100, 29, 0.29],
  [100, 57, 0.57],
  [3, 0, 0],
])("of %d rows %d set aside are not more than a share of %d", (records, rejected, share) => {
  expect(failures(records, rejected, share)).toEqual([]);
});

test("one row more than the share fails the file, with its figures and what to do", () => {
  expect(failures(200, 3, 0.01)).toEqual([
    "x.csv: 3 of 200 rows (1.50 %) were set aside, at most 1 % may be; repair them, or raise collector.maxRejectedShare",
  ]);
  expect(failures(3, 1, 0.07)[0]).toMatch(/1 of 3 rows \(33\.33 %\) .* at most 7 % may be/);
  expect(failures(200, 2, 0.005)[0]).toContain("at most 0.5 % may be");
});

test("each file is measured by itself, and all that fail are told", () => {
  const interactions = report("x.csv", 1000, 20);
  const files = [interactions, report("y.csv", 1000, 0), report("z.csv", 10, 1)];
  const told = rejectedShareFailures(files, interactions, 0.01);
  expect(told.map((text) => text.slice(0, 6))).toEqual(["x.csv:", "z.csv:"]);
});

test("a file without a row that can be used fails for what is left, whatever share is allowed", () => {
  expect(failures(5, 5, 1)).toEqual(["x.csv: no interaction is left to learn from"]);
  expect(failures(0, 0, 0)).toEqual(["x.csv: no interaction is left to learn from"]);
  expect(failures(5, 4, 1)).toEqual([]);
});

test("a single problem of a whole file is told as it is, with its place", () => {
  const problems = new StructureProblems();
  problems.throwIfAny();
  expect(problems.count).toBe(0);
  problems.add({ file: "x.csv", line: 1 }, "the header is wrong");
  expect(problems.count).toBe(1);
  const thrown = caught(() => {
    problems.throwIfAny();
  });
  expect(thrown).toBeInstanceOf(DataError);
  expect(thrown).toMatchObject({
    message: "x.csv:1: the header is wrong",
    place: { file: "x.csv", line: 1 },
  });
});

test("several problems are told in one message, a line each, in the order found", () => {
  const problems = new StructureProblems();
  problems.add({ file: "x.csv" }, "the file holds no row");
  problems.attempt(() => {
    throw new DataError({ file: "y.csv", line: 2 }, "it is not JSON");
  });
  const thrown = caught(() => {
    problems.throwIfAny();
  });
  expect(thrown).toBeInstanceOf(DataError);
  expect(thrown.message).toMatch(/^raw_data: 2 problems keep the files from being read\n/);
  expect(thrown.message.split("\n").slice(1)).toEqual([
    "x.csv: the file holds no row",
    "y.csv:2: it is not JSON",
  ]);
});

test("only what is wrong with the data is gathered: a mistake of ours goes straight through", () => {
  const problems = new StructureProblems();
  expect(problems.attempt(() => 7)).toBe(7);
  const failing = (): never => {
    throw new TypeError("a mistake");
  };
  expect(
    caught(() => {
      problems.attempt(failing);
    }),
  ).toBeInstanceOf(TypeError);
  expect(problems.count).toBe(0);
});

function caught(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
