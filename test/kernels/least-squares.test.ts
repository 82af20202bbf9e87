import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Kernels, random, type Random } from "../../src/kernels/index.ts";
import { solveRows } from "./definitions.ts";
import { largestError, open, randomMatrix, randomRows } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

/** Rows of up to 2 · mean entries, and a diagonal that differs from column to column. */
function problem(team: Kernels, rows: number, columns: number, mean: number) {
  const stream = random(100 * rows + columns);
  const lists = randomRows(team, rows, mean, 23, stream);
  return {
    x: randomMatrix(team, rows, columns, stream),
    y: randomMatrix(team, 23, columns, stream),
    lists: { ...lists, weights: uniform(lists.weights, 0, 2, stream) },
    diagonal: uniform(team.float32(columns), 1, 6, stream),
  };
}

function uniform(array: Float32Array, least: number, most: number, stream: Random): Float32Array {
  for (let i = 0; i < array.length; i++) array[i] = least + (most - least) * stream.uniform();
  return array;
}

describe.each([
  [0, 8, 3],
  [1, 4, 3],
  [30, 12, 4],
  [20, 68, 9],
])("%i systems of width %i", (rows, columns, mean) => {
  test("enough steps solve them, from wherever x stood; a row without entries becomes 0", () => {
    const { x, y, lists, diagonal } = problem(kernels, rows, columns, mean);
    kernels.solveRows(x, lists, y, diagonal, 2 * columns);
    const expected = solveRows(lists, rows, y, diagonal);
    expect(largestError(x.values, expected)).toBeLessThan(2e-5);
  });

  test("without weights each is 1", () => {
    const { x, y, lists, diagonal } = problem(kernels, rows, columns, mean);
    const { offsets, indices } = lists;
    kernels.solveRows(x, { offsets, indices }, y, diagonal, 2 * columns);
    const expected = solveRows({ offsets, indices }, rows, y, diagonal);
    expect(largestError(x.values, expected)).toBeLessThan(2e-5);
  });
});

test("each step brings a row nearer, measured by its own system, and the last ones leave it there", () => {
  const rows = 15;
  const columns = 16;
  const expected = (() => {
    const { y, lists, diagonal } = problem(kernels, rows, columns, 6);
    return solveRows(lists, rows, y, diagonal);
  })();
  const errors = [0, 1, 2, 3, 8, 40].map((steps) => {
    const { x, y, lists, diagonal } = problem(kernels, rows, columns, 6);
    kernels.solveRows(x, lists, y, diagonal, steps);
    return largestError(x.values, expected);
  });
  const [before, one, two, three, eight, forty] = errors as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  expect(one).toBeLessThan(before);
  expect(two).toBeLessThan(one);
  expect(three).toBeLessThan(two);
  expect(eight).toBeLessThan(three / 10);
  expect(forty).toBeLessThan(1e-5);
});

test("one, two and three threads give the same bytes", async () => {
  const results = await Promise.all(
    [1, 2, 3].map(async (threads) => {
      const team = await open(threads);
      const { x, y, lists, diagonal } = problem(team, 301, 36, 7);
      team.solveRows(x, lists, y, diagonal, 3);
      const bytes = x.values.slice();
      await team.close();
      return bytes;
    }),
  );
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test("what does not fit is refused, an index outside y too", () => {
  const { x, y, lists, diagonal } = problem(kernels, 30, 8, 4);
  const solve = (change: Partial<ReturnType<typeof problem>>) => {
    const all = { x, y, lists, diagonal, ...change };
    kernels.solveRows(all.x, all.lists, all.y, all.diagonal, 1);
  };
  const refused: [Partial<ReturnType<typeof problem>>, string][] = [
    [{ y: kernels.matrix(23, 12) }, "x (30, 8) and y (23, 12) need as many columns"],
    [{ diagonal: kernels.float32(4) }, "a diagonal of as many numbers (got 4)"],
    [{ x: kernels.matrix(30, 6), y: kernels.matrix(23, 6) }, "must be a multiple of 4, got 6"],
    [{ y: kernels.matrix(3, 8) }, "an offset or an index is outside its array"],
  ];
  for (const [change, message] of refused) {
    expect(() => {
      solve(change);
    }).toThrow(message);
  }
});
