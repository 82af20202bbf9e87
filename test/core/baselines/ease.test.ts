import { afterAll, beforeAll, expect, test } from "vitest";

import { ease } from "../../../src/core/baselines/index.ts";
import { defaultEaseOptions, easeMatrix } from "../../../src/core/neighbours/index.ts";
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

/** Three items, four users: XᵀX = [[3, 2, 0], [2, 2, 0], [0, 0, 1]]. */
const shop = historiesOf([[0, 1], [1, 0], [0], [2]], 3);

test("a small matrix, inverted by hand", () => {
  const { values } = easeMatrix(kernels, shop, { lambda: 1 });
  // (XᵀX + I)⁻¹ = [[3, −2, 0], [−2, 4, 0], [0, 0, 4]] / 8.
  const expected = [0, 2 / 4, 0, 2 / 3, 0, 0, 0, 0, 0];
  expected.forEach((weight, at) => {
    expect(values[at]).toBeCloseTo(weight, 6);
  });
});

test("with fewer users than items the same formula holds", () => {
  const few = historiesOf([[0, 1], [0]], 3);
  const { values } = easeMatrix(kernels, few, { lambda: 1 });
  // XᵀX + I = [[3, 1, 0], [1, 2, 0], [0, 0, 1]], its inverse [[2, −1, 0], [−1, 3, 0], [0, 0, 5]] / 5.
  const expected = [0, 1 / 3, 0, 1 / 2, 0, 0, 0, 0, 0];
  expected.forEach((weight, at) => {
    expect(values[at]).toBeCloseTo(weight, 6);
  });
});

test.each([
  ["more users", 90, 40],
  ["more items", 40, 90],
])("%s: every column is the ridge regression of its item on the others", (_, users, items) => {
  const history = randomHistory(users, items, 6);
  const { values } = easeMatrix(kernels, history, { lambda: 3 });
  const x = dense(history);
  // At the least squares XᵀX b + λ b = Xᵀx_j holds for all rows but j, whose weight is held at 0.
  for (let j = 0; j < items; j++) {
    const column = Float64Array.from({ length: items }, (_, i) => values[i * items + j]!);
    expect(column[j]).toBe(0);
    const residual = x.map((row, user) =>
      row.reduce((sum, value, i) => sum - value * column[i]!, x[user]![j]!),
    );
    for (let i = 0; i < items; i++) {
      if (i === j) continue;
      const gradient = x.reduce((sum, row, user) => sum + row[i]! * residual[user]!, 0);
      expect(gradient - 3 * column[i]!).toBeCloseTo(0, 4);
    }
  }
});

test("a score adds up the weights of the history; nobody's history scores 0 everywhere", () => {
  const scorer = ease(kernels, historiesOf([[0, 1], [1, 0], [0], [2], []], 3), { lambda: 1 });
  const scores = scoresOf(scorer, [2, 1, 4], 3);
  const expected = [0, 2 / 4, 0, 2 / 3, 2 / 4, 0, 0, 0, 0];
  expected.forEach((score, at) => {
    expect(scores[at]).toBeCloseTo(score, 6);
  });
});

test("the default λ grows with the mean length of the histories that are not empty", () => {
  expect(defaultEaseOptions(shop).lambda).toBeCloseTo((5 * 6) / 4, 12);
  const withStranger = historiesOf([[0, 1], [1, 0], [0], [2], []], 3);
  expect(defaultEaseOptions(withStranger).lambda).toBeCloseTo((5 * 6) / 4, 12);
});

test("where nobody has anything every score is 0", () => {
  const nothing = historiesOf([[], []], 3);
  expect(scoresOf(ease(kernels, nothing), [0, 1], 3)).toEqual(new Float32Array(6));
});

test("an item of the history counts by its weight", () => {
  const weighted = { ...shop, weights: Float32Array.of(1, 1, 1, 1, 2, 1) };
  const { values } = easeMatrix(kernels, weighted, { lambda: 1 });
  const scores = scoresOf(ease(kernels, weighted, { lambda: 1 }), [2], 3);
  expect(scores[1]).toBeCloseTo(2 * values[1]!, 6);
  // XᵀX + I = [[7, 2, 0], [2, 3, 0], …]: item 0 is now worth 4 of user 2.
  expect(values[1]).toBeCloseTo(2 / 7, 6);
});

test("the checkerboard: the withheld item comes first for every user", () => {
  const history = checkerboard(50);
  expect(bestNovel(ease(kernels, history), history)).toEqual(
    Array.from({ length: 50 }, (_, user) => user),
  );
});

test.each([
  ["more users", 500, 301],
  ["more items", 301, 500],
])("%s: one, two and three threads give the same bytes", async (_, users, items) => {
  const history = randomHistory(users, items, 9);
  const results = await Promise.all(
    [1, 2, 3].map(async (threads) => {
      const team = await openCoreKernels(threads);
      const values = easeMatrix(team, history, { lambda: 10 }).values.slice();
      await team.close();
      return values;
    }),
  );
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test("only the matrix stays in the kernels' memory", () => {
  const before = kernels.mark();
  easeMatrix(kernels, shop, { lambda: 1 });
  expect(kernels.mark() - before).toBe(64);
  kernels.reset(before);
});

/** X, row by row. */
function dense(history: Histories): number[][] {
  return Array.from({ length: history.users }, (_, user) => {
    const row = new Array<number>(history.items).fill(0);
    for (let p = history.offsets[user]!; p < history.offsets[user + 1]!; p++) {
      row[history.itemIndices[p]!] = history.weights[p]!;
    }
    return row;
  });
}
