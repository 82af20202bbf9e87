import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { Bootstrap, quantile } from "../../../src/core/evaluate/bootstrap.ts";
import { type Kernels, openKernels, random } from "../../../src/kernels/index.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openKernels({ wasm: await readFile("build/kernels.wasm"), threads: 1 });
});
afterAll(() => kernels.close());

function bootstrap(values: readonly number[], columns: number, samples: number, seed = 0) {
  const resampling = { kernels, samples, random: random(seed) };
  return new Bootstrap(Float64Array.from(values), columns, resampling);
}

test("the value is the plain mean, and users who are all alike leave no doubt", () => {
  expect(bootstrap([0.5, 1, 0.5, 3], 2, 100).estimate(1).value).toBe(2);
  const { value, low, high } = bootstrap([0.5, 0.5, 0.5], 1, 100).estimate(0);
  expect([value, low, high]).toEqual([0.5, 0.5, 0.5]);
});

test("two users of 0 and 1 resample to 0, ½ and 1 in the proportions 1 : 2 : 1", () => {
  const { low, high } = bootstrap([0, 1], 1, 1000).estimate(0);
  expect([low, high]).toEqual([0, 1]); // P(mean = 0) = ¼ is more than 2.5 %
});

test("a difference is paired: a constant lead has no width although both columns vary", () => {
  const values = Array.from({ length: 50 }, (_, user) => [user / 50 + 0.25, user / 50]).flat();
  const { value, low, high } = bootstrap(values, 2, 500).difference(0, 1);
  expect(value).toBeCloseTo(0.25, 12);
  expect(high - low).toBeLessThan(1e-5);
});

test("the same seed gives the same interval", () => {
  const values = Array.from({ length: 40 }, (_, user) => Math.sin(user));
  expect(bootstrap(values, 1, 200, 7).estimate(0)).toEqual(
    bootstrap(values, 1, 200, 7).estimate(0),
  );
});

test("about 95 % of the intervals hold the true mean of a uniform distribution", () => {
  const draws = random(5);
  const trials = 600;
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const values = Array.from({ length: 100 }, () => draws.uniform());
    const { low, high } = bootstrap(values, 1, 300, 1000 + trial).estimate(0);
    if (low <= 0.5 && 0.5 <= high) held++;
  }
  expect(held / trials).toBeGreaterThan(0.92);
  expect(held / trials).toBeLessThan(0.975);
});

test("a quantile lies linearly between its neighbours", () => {
  expect(quantile([0, 10, 20], 0.5)).toBe(10);
  expect(quantile([0, 10, 20], 0.25)).toBe(5);
  expect(quantile([4], 0.975)).toBe(4);
});
