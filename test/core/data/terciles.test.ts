import { expect, test } from "vitest";

import {
  histories,
  judgedUsers,
  partsBefore,
  tercileOf,
  terciles,
} from "../../../src/core/data/index.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset } from "./tiny-dataset.ts";

test("terciles cut into three, equal values together", () => {
  const bounds = terciles(Uint32Array.of(5, 1, 3, 2, 6, 4));
  expect(bounds).toEqual({ low: 2, middle: 4 });
  expect([2, 3, 4, 5].map((n) => tercileOf(bounds, n))).toEqual([
    "low",
    "middle",
    "middle",
    "high",
  ]);
  expect(terciles(Uint32Array.of(1, 1, 1, 1, 9))).toEqual({ low: 1, middle: 1 });
  expect(terciles(new Uint32Array(0))).toEqual({ low: 0, middle: 0 });
});

test("what is known when a part is ranked are the parts before it", () => {
  expect(partsBefore(PART.test)).toEqual([PART.train, PART.validation]);
  expect(partsBefore(PART.validation)).toEqual([PART.train]);
});

test("probabilities are judged on users who could be held out; a file of test rows judges all with a history", () => {
  const rows = [
    { user: 0, item: 0 },
    { user: 0, item: 1, part: "test" },
    { user: 1, item: 0 },
    { user: 2, item: 0, part: "test" },
  ] as const;
  const judged = (split: string) => {
    const dataset = tinyDataset(rows, { split });
    return [...judgedUsers(dataset, histories(dataset, [PART.train]), PART.test)];
  };
  expect(judged("per-user")).toEqual([0]);
  expect(judged("test.tsv")).toEqual([0, 1]);
});
