import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { calibrationSamples } from "../../../src/core/calibrate/index.ts";
import { heldOut, histories, type Scorer } from "../../../src/core/data/index.ts";
import { type Kernels, openKernels, random } from "../../../src/kernels/index.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset } from "../data/tiny-dataset.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openKernels({ wasm: await readFile("build/kernels.wasm"), threads: 1 });
});
afterAll(() => kernels.close());

test("the weights of a user's samples add up to their novel pairs, and every interaction is among them", async () => {
  const items = 1000;
  const dataset = tinyDataset(
    [
      { user: 0, item: 5 },
      { user: 0, item: 6 },
      { user: 0, item: 3, part: "validation" },
      { user: 0, item: 990, part: "validation" },
      { user: 1, item: 7 },
    ],
    { items },
  );
  const history = histories(dataset, [PART.train]);
  const scorer: Scorer = {
    name: "ascending",
    score(users, scores) {
      users.forEach((_, r) => {
        for (let item = 0; item < items; item++) scores[r * items + item] = item / 100;
      });
    },
  };
  const samples = await calibrationSamples({
    scorer,
    users: Uint32Array.of(0, 1),
    history,
    interacted: heldOut(dataset, PART.validation, "interactions"),
    kernels,
    draws: random(1),
    signal: new AbortController().signal,
    report: () => {},
  });
  const of = (activity: number, values: ArrayLike<number>) =>
    Array.from(values)
      .filter((_, n) => samples.activity[n] === activity)
      .reduce((sum, value) => sum + value, 0);
  expect(of(2, samples.weights)).toBeCloseTo(items - 2, 6);
  expect(of(1, samples.weights)).toBeCloseTo(items - 1, 6);
  expect(of(2, samples.labels)).toBe(2); // item 990 is among the best, item 3 is not
  expect(of(1, samples.labels)).toBe(0);
  expect(of(1, samples.shown)).toBe(10);
  const shown = [...samples.logSoftmax].filter((_, n) => samples.shown[n] === 1);
  const others = [...samples.logSoftmax].filter((_, n) => samples.shown[n] === 0);
  expect(Math.min(...shown)).toBeGreaterThan(Math.max(...others));
  expect(samples.horizon).toBe(1);
  // The best item's log softmax: its score less log Σ exp.
  const total = Array.from({ length: items }, (_, item) => Math.exp(item / 100));
  const best = Math.max(...samples.logSoftmax);
  expect(best).toBeCloseTo(9.99 - Math.log(total.reduce((sum, value) => sum + value, 0)), 4);
});
