import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Kernels, random } from "../../src/kernels/index.ts";
import { dense, multiply } from "./definitions.ts";
import { largestError, open, randomMatrix, randomRows } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

describe.each([
  [0, 3, 4],
  [1, 1, 1],
  [37, 20, 33],
])("(%i, %i) · (%i, …), both sparse", (rows, inner, columns) => {
  test("is the product of the dense matrices, and replaces what stood in out", () => {
    const stream = random(rows + 100 * inner + columns);
    const a = randomRows(kernels, rows, 4, inner, stream);
    const b = randomRows(kernels, inner, 5, columns, stream);
    const out = randomMatrix(kernels, rows, columns, stream);
    kernels.multiplySparse(out, a, b);
    const expected = multiply(dense(a, rows, inner), dense(b, inner, columns)).values;
    expect(largestError(out.values, expected)).toBeLessThan(2e-5);
  });

  test("without weights it counts", () => {
    const stream = random(rows + 100 * inner + columns);
    const a = { ...randomRows(kernels, rows, 4, inner, stream), weights: undefined };
    const b = { ...randomRows(kernels, inner, 5, columns, stream), weights: undefined };
    const out = kernels.matrix(rows, columns);
    kernels.multiplySparse(out, a, b);
    const expected = multiply(dense(a, rows, inner), dense(b, inner, columns)).values;
    expect(Array.from(out.values)).toEqual(Array.from(expected));
  });
});

test("one, two and three threads give the same bytes", async () => {
  const results = await Promise.all(
    [1, 2, 3].map(async (threads) => {
      const team = await open(threads);
      const stream = random(1);
      const a = randomRows(team, 300, 9, 50, stream);
      const b = randomRows(team, 50, 20, 111, stream);
      const out = team.matrix(300, 111);
      team.multiplySparse(out, a, b);
      const bytes = out.values.slice();
      await team.close();
      return bytes;
    }),
  );
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test("an index outside its matrix, on either side, is an error", () => {
  const stream = random(2);
  const a = randomRows(kernels, 10, 4, 20, stream);
  const b = randomRows(kernels, 20, 5, 30, stream);
  expect(() => {
    kernels.multiplySparse(kernels.matrix(10, 8), a, b);
  }).toThrow("an offset or an index is outside its array");
  expect(() => {
    const fewer = { ...b, offsets: b.offsets.subarray(0, 5) };
    kernels.multiplySparse(kernels.matrix(10, 30), a, fewer);
  }).toThrow("an offset or an index is outside its array");
});
