import { expect, test } from "vitest";

import { aliasTable, random, shuffle } from "../../src/kernels/index.ts";
import { splitmix64 } from "../../src/kernels/random/splitmix64.ts";
import { xoshiro128 } from "../../src/kernels/random/xoshiro128.ts";

// The vectors of the reference programs xoshiro128starstar.c and splitmix64.c, as published in the tests of Rust's rand_xoshiro.
test("xoshiro128** gives the published numbers from the state 1, 2, 3, 4", () => {
  const bits = xoshiro128([1, 2, 3, 4]);
  expect(Array.from({ length: 10 }, bits)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
    4258142804,
  ]);
});

test("splitmix64 gives the published numbers from the seed 1477776061723855037", () => {
  const next = splitmix64(1477776061723855037n);
  expect(Array.from({ length: 5 }, next)).toEqual([
    1985237415132408290n,
    2979275885539914483n,
    13511426838097143398n,
    8488337342461049707n,
    15141737807933549159n,
  ]);
});

test("a seed fixes the stream, another seed gives another, and a seed that is none is refused", () => {
  const numbers = (seed: number) => {
    const stream = random(seed);
    return Array.from({ length: 5 }, () => [
      stream.uniform(),
      stream.integer(1000),
      stream.normal(),
    ]);
  };
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
  expect(numbers(2 ** 32 + 7)).not.toEqual(numbers(7));
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) expect(() => random(seed)).toThrow(RangeError);
});

test("uniform has the mean and variance of [0, 1), normal those of N(0, 1)", () => {
  const stream = random(1);
  const moments = (draw: () => number) => {
    const values = Array.from({ length: 200_000 }, draw);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    return { mean, variance, values };
  };
  const uniform = moments(() => stream.uniform());
  expect(uniform.values.every((x) => x >= 0 && x < 1)).toBe(true);
  expect(uniform.mean).toBeCloseTo(0.5, 2);
  expect(uniform.variance).toBeCloseTo(1 / 12, 2);
  const normal = moments(() => stream.normal());
  expect(normal.mean).toBeCloseTo(0, 1);
  expect(normal.variance).toBeCloseTo(1, 1);
  const beyond = normal.values.filter((x) => Math.abs(x) > 1.96).length / normal.values.length;
  expect(beyond).toBeCloseTo(0.05, 2);
});

/** Pearson's χ² of observed against expected counts. */
function chiSquare(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
}

test("integer(n) is uniform among n numbers", () => {
  const stream = random(2);
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[stream.integer(7)]!++;
  expect(
    chiSquare(
      counts,
      counts.map(() => 10_000),
    ),
  ).toBeLessThan(22.5); // 99.9 % at 6 degrees of freedom
  expect(stream.integer(1)).toBe(0);
  for (const n of [0, 1.5, 2 ** 32 + 1]) expect(() => stream.integer(n)).toThrow(RangeError);
});

test("an alias table draws in proportion to the weights and never one of weight 0", () => {
  const stream = random(3);
  const weights = [5, 0, 1, 3, 0.5, 0];
  const table = aliasTable(weights);
  const counts = weights.map(() => 0);
  for (let i = 0; i < 95_000; i++) counts[table.draw(stream)]!++;
  expect([counts[1], counts[5]]).toEqual([0, 0]);
  const positive = [0, 2, 3, 4];
  const chi = chiSquare(
    positive.map((i) => counts[i]!),
    positive.map((i) => weights[i]! * 10_000),
  );
  expect(chi).toBeLessThan(16.3); // 99.9 % at 3 degrees of freedom
});

test("weights that make no distribution are refused", () => {
  expect(() => aliasTable([1, -1])).toThrow("weight 1 must be finite and at least 0, got -1");
  expect(() => aliasTable([NaN])).toThrow(RangeError);
  expect(() => aliasTable([0, 0])).toThrow("at least one weight must be above 0");
  expect(() => aliasTable([])).toThrow(RangeError);
});

test("shuffle keeps the values and makes each of the six orders of three as often", () => {
  const stream = random(4);
  const counts = new Map<string, number>();
  for (let i = 0; i < 60_000; i++) {
    const values = Uint32Array.of(1, 2, 3);
    shuffle(values, stream);
    counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  const orders = [...counts.values()];
  expect(
    chiSquare(
      orders,
      orders.map(() => 10_000),
    ),
  ).toBeLessThan(20.5); // 99.9 % at 5 degrees of freedom
});
