import { expect, test } from "vitest";

import { rankedList } from "../../../src/core/transform/score-shard.ts";

test("A16 of equal probabilities the larger index comes first, others keep their order", () => {
  const probabilities = Float32Array.of(0.75, 0.5, 0.5, 0.25, 0.25, 0.25);
  const {
    indices,
    probabilities: ranked,
    count,
  } = rankedList(Uint32Array.of(3, 0, 5, 1, 4, 2), probabilities);
  expect([...indices]).toEqual([3, 5, 0, 4, 2, 1]);
  expect([...ranked]).toEqual([0.75, 0.5, 0.5, 0.25, 0.25, 0.25]);
  expect(count).toBe(6);
});

test("an empty list stays empty", () => {
  expect(rankedList(new Uint32Array(0), new Float32Array(0))).toMatchObject({ count: 0 });
});
