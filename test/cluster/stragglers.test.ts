import { expect, test } from "vitest";

import { stragglers } from "../../src/cluster/stragglers.ts";

const at = (shard: string, since: number) => ({ shard, since });
const late = (doneMs: readonly number[], count: number, now: number) =>
  stragglers([at("a", 0), at("b", 90_000)], { doneMs, count, now });

test("late is what takes more than 2.5 times the middle of what is done, and more than 20 s", () => {
  // The middle of 10, 30 and 50 s is 30 s: late after 75 s.
  expect(late([10_000, 50_000, 30_000], 5, 74_000)).toEqual([]);
  expect(late([10_000, 50_000, 30_000], 5, 76_000)).toEqual(["a"]);
  expect(late([1_000, 1_000, 1_000], 5, 19_000)).toEqual([]);
  expect(late([1_000, 1_000, 1_000], 5, 21_000)).toEqual(["a"]);
});

test("nobody is late before half of the shards are done", () => {
  expect(late([1_000], 3, 1e6)).toEqual([]);
  expect(late([1_000, 1_000], 4, 1e6)).toEqual(["a", "b"]);
  expect(late([], 1, 1e6)).toEqual([]);
});
