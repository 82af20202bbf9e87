import { afterAll, beforeAll, expect, test } from "vitest";

import {
  AlternatingLeastSquares,
  defaultIalsOptions,
  ials,
  type IalsOptions,
} from "../../../src/core/baselines/index.ts";
import type { Histories } from "../../../src/core/data/index.ts";
import { openCoreKernels } from "../../../src/core/open-kernels.ts";
import type { Kernels } from "../../../src/kernels/index.ts";
import { checkerboard, historiesOf } from "../train/checkerboard.ts";
import { bestNovel, scoresOf } from "./best-novel.ts";
import { randomHistory } from "./random-history.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openCoreKernels(2);
});
afterAll(() => kernels.close());

const run = { signal: new AbortController().signal, report: () => undefined };
const options: IalsOptions = {
  factors: 8,
  alpha: 5,
  regularization: 0.5,
  iterations: 6,
  steps: 3,
  seed: 1,
};

/** The loss of the definition, every pair of user and item one term, in double precision. */
function loss(history: Histories, { factors }: AlternatingLeastSquares): number {
  const { users, items } = factors;
  const width = users.columns;
  let sum = 0;
  for (const value of users.values) sum += options.regularization * value ** 2;
  for (const value of items.values) sum += options.regularization * value ** 2;
  for (let user = 0; user < history.users; user++) {
    const weights = new Map<number, number>();
    for (let p = history.offsets[user]!; p < history.offsets[user + 1]!; p++) {
      weights.set(history.itemIndices[p]!, history.weights[p]!);
    }
    for (let item = 0; item < history.items; item++) {
      let score = 0;
      for (let d = 0; d < width; d++) {
        score += users.values[user * width + d]! * items.values[item * width + d]!;
      }
      const weight = weights.get(item);
      sum += weight === undefined ? score ** 2 : (1 + options.alpha * weight) * (1 - score) ** 2;
    }
  }
  return sum;
}

test("the loss falls with every iteration until it stays", () => {
  const history = randomHistory(40, 30, 6);
  const fit = new AlternatingLeastSquares(kernels, history, options);
  const losses = Array.from({ length: 30 }, () => {
    fit.iterate();
    return loss(history, fit);
  });
  losses.forEach((value, i) => {
    if (i > 0) expect(value).toBeLessThanOrEqual(losses[i - 1]! * (1 + 1e-6));
  });
  expect(losses[0]).toBeLessThan(history.itemIndices.length * (1 + 2 * options.alpha));
  expect(losses[1]).toBeLessThan(0.999 * losses[0]!);
});

test("where it ends, no vector can be changed for a smaller loss", () => {
  const history = randomHistory(12, 9, 4);
  const fit = new AlternatingLeastSquares(kernels, history, { ...options, factors: 4 });
  for (let i = 0; i < 300; i++) fit.iterate();
  const least = loss(history, fit);
  for (const { values } of [fit.factors.users, fit.factors.items]) {
    for (const at of [0, 5, 14, 23]) {
      const before = values[at]!;
      for (const step of [-0.02, 0.02]) {
        values[at] = before + step;
        expect(loss(history, fit)).toBeGreaterThan(least);
      }
      values[at] = before;
    }
  }
});

test("the scores are the products of the vectors; nobody's history scores 0 everywhere", async () => {
  const history = randomHistory(300, 50, 6);
  const scorer = await ials(kernels, history, run, options);
  const fit = new AlternatingLeastSquares(kernels, history, options);
  for (let i = 0; i < options.iterations; i++) fit.iterate();
  const { users, items } = fit.finish();
  const scores = scoresOf(scorer, [7, 299], 50);
  for (let item = 0; item < 50; item++) {
    let expected = 0;
    for (let d = 0; d < 8; d++) {
      expected += users.values[7 * 8 + d]! * items.values[item * 8 + d]!;
    }
    expect(scores[item]).toBeCloseTo(expected, 5);
  }
  expect(scores.subarray(50)).toEqual(new Float32Array(50));
});

test("the checkerboard: the withheld item comes first for every user", async () => {
  const history = checkerboard(50);
  const scorer = await ials(kernels, history, run, defaultIalsOptions(history));
  expect(bestNovel(scorer, history)).toEqual(Array.from({ length: 50 }, (_, user) => user));
});

test("one, two and three threads give the same bytes", async () => {
  const history = randomHistory(500, 211, 9);
  const results = await Promise.all(
    [1, 2, 3].map(async (threads) => {
      const team = await openCoreKernels(threads);
      const scorer = await ials(team, history, run, { ...options, factors: 32 });
      const scores = scoresOf(scorer, [0, 77, 400], 211);
      await team.close();
      return scores;
    }),
  );
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test("an abort stops the fit between two iterations", async () => {
  const abort = new AbortController();
  const fit = ials(
    kernels,
    randomHistory(20, 20, 4),
    {
      signal: abort.signal,
      report: ({ done }) => {
        if (done === 2) abort.abort(new Error("stopped"));
      },
    },
    options,
  );
  await expect(fit).rejects.toThrow("stopped");
});

test("vectors that do not fit in the kernels' memory are refused with what to do", () => {
  const history = { ...randomHistory(4, 4, 2), users: 3_000_000, items: 4 };
  expect(() => new AlternatingLeastSquares(kernels, history, { ...options, factors: 512 })).toThrow(
    "iALS with 512 factors for 3000000 users and 4 items does not fit in the kernels' memory: use fewer factors",
  );
});

test("where nobody has anything every score is 0", async () => {
  const nothing = historiesOf([[], []], 3);
  expect(scoresOf(await ials(kernels, nothing, run), [0, 1], 3)).toEqual(new Float32Array(6));
});

test("a pair rated badly is none", async () => {
  const history = randomHistory(60, 30, 6);
  const liked = randomHistory(60, 30, 6);
  const { itemIndices, offsets } = history;
  const positive = history.positive.map((_, p) => (itemIndices[p]! % 3 === 0 ? 0 : 1));
  const kept = Array.from(positive.keys()).filter((p) => positive[p] === 1);
  const without: Histories = {
    ...liked,
    offsets: offsets.map((end) => kept.filter((p) => p < end).length),
    itemIndices: Uint32Array.from(kept, (p) => itemIndices[p]!),
    weights: Float32Array.from(kept, (p) => history.weights[p]!),
    positive: new Uint8Array(kept.length).fill(1),
  };
  const all = await ials(kernels, { ...history, positive }, run, options);
  const some = await ials(kernels, without, run, options);
  const users = [0, 31, 58];
  expect(scoresOf(all, users, 30)).toEqual(scoresOf(some, users, 30));
});

test("all observed pairs together weigh 2 % of all pairs by default, one pair at most 40", () => {
  const shop = randomHistory(50, 40, 6);
  const { alpha } = defaultIalsOptions(shop);
  expect(alpha * shop.itemIndices.length).toBeCloseTo(0.02 * 50 * 40, 9);
  expect(defaultIalsOptions({ ...shop, users: 1e6 }).alpha).toBe(40);
});

test("the default width shrinks where users and items are many", () => {
  const shop = randomHistory(4, 4, 2);
  const widthFor = (users: number) => defaultIalsOptions({ ...shop, users }).factors;
  expect([5e5, 1e6, 2e6, 4e6, 5e7].map(widthFor)).toEqual([256, 128, 64, 32, 16]);
});
