import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Kernels, random } from "../../src/kernels/index.ts";
import { gatherSum, plain, rowDots } from "./definitions.ts";
import { copy, largestError, open, randomMatrix, randomRows } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

describe.each([
  [0, 8],
  [1, 4],
  [37, 12],
  [20, 68],
])("%i rows of width %i", (rows, columns) => {
  test("gatherSum adds the weighted rows, and adds to out when asked to", () => {
    const stream = random(rows * 1000 + columns);
    const source = randomMatrix(kernels, 23, columns, stream);
    const lists = randomRows(kernels, rows, 5, 23, stream);
    const out = randomMatrix(kernels, rows, columns, stream);
    const before = copy(kernels, out);
    const expected = gatherSum(lists, rows, plain(source)).values;
    kernels.gatherSum(out, lists, source, { accumulate: true });
    expect(
      largestError(
        out.values,
        expected.map((x, i) => x + before.values[i]!),
      ),
    ).toBeLessThan(1e-5);
    kernels.gatherSum(out, lists, source);
    expect(largestError(out.values, expected)).toBeLessThan(1e-5);
  });

  test("gatherSum without weights takes each as 1", () => {
    const stream = random(rows * 1000 + columns);
    const source = randomMatrix(kernels, 23, columns, stream);
    const { offsets, indices } = randomRows(kernels, rows, 5, 23, stream);
    const out = kernels.matrix(rows, columns);
    kernels.gatherSum(out, { offsets, indices }, source);
    const expected = gatherSum({ offsets, indices }, rows, plain(source)).values;
    expect(largestError(out.values, expected)).toBeLessThan(1e-5);
  });

  test("rowDots is one dot product for every entry", () => {
    const stream = random(rows * 1000 + columns);
    const a = randomMatrix(kernels, rows, columns, stream);
    const b = randomMatrix(kernels, 23, columns, stream);
    const lists = randomRows(kernels, rows, 5, 23, stream);
    const out = kernels.float32(lists.indices.length);
    kernels.rowDots(out, lists, a, b);
    expect(largestError(out, rowDots(lists, plain(a), plain(b)))).toBeLessThan(2e-5);
  });
});

test("a window of the offsets is a window of the rows, and rowCount leaves the rest of out alone", () => {
  const stream = random(3);
  const source = randomMatrix(kernels, 23, 8, stream);
  const lists = randomRows(kernels, 10, 4, 23, stream);
  const out = randomMatrix(kernels, 5, 8, stream);
  const before = out.values.slice();
  kernels.gatherSum(out, { ...lists, offsets: lists.offsets.subarray(4, 8) }, source, {
    rowCount: 3,
  });
  const all = gatherSum(lists, 10, plain(source)).values;
  expect(largestError(out.values.subarray(0, 24), all.subarray(32, 56))).toBeLessThan(1e-5);
  expect(out.values.subarray(24)).toEqual(before.subarray(24));
});

test("an index outside the source is an error, also when a worker meets it, and the kernels go on working", async () => {
  const team = await open(3);
  try {
    const source = team.matrix(4, 8);
    const offsets = team.uint32(1001);
    offsets.forEach((_, r) => (offsets[r] = r));
    const indices = team.uint32(1000);
    const out = team.matrix(1000, 8);
    for (const place of [0, 999]) {
      indices.fill(0);
      indices[place] = 4;
      expect(() => {
        team.gatherSum(out, { offsets, indices }, source);
      }).toThrow("gatherSum: an offset or an index is outside its array");
    }
    indices.fill(3);
    source.values.fill(2);
    team.gatherSum(out, { offsets, indices }, source);
    expect(out.values.every((x) => x === 2)).toBe(true);
  } finally {
    await team.close();
  }
});

test("gatherSum takes any width", () => {
  const stream = random(4);
  for (const columns of [1, 3, 6, 33]) {
    const source = randomMatrix(kernels, 23, columns, stream);
    const lists = randomRows(kernels, 10, 6, 23, stream);
    const out = kernels.matrix(10, columns);
    kernels.gatherSum(out, lists, source);
    expect(largestError(out.values, gatherSum(lists, 10, plain(source)).values)).toBeLessThan(1e-5);
  }
});

test("falling offsets and missing offsets are refused, and odd widths by rowDots", () => {
  const source = kernels.matrix(4, 8);
  const indices = kernels.uint32(2);
  const falling = kernels.uint32(3);
  falling.set([2, 0, 2]);
  const sum = (offsets: Uint32Array) => {
    kernels.gatherSum(kernels.matrix(2, 8), { offsets, indices }, source);
  };
  expect(() => {
    sum(falling);
  }).toThrow("an offset or an index is outside its array");
  expect(() => {
    sum(kernels.uint32(2));
  }).toThrow("2 rows need 3 offsets, got 2");
  expect(() => {
    const [a, b] = [kernels.matrix(2, 6), kernels.matrix(4, 6)];
    kernels.rowDots(kernels.float32(2), { offsets: kernels.uint32(3), indices }, a, b);
  }).toThrow("the number of columns must be a multiple of 4, got 6");
});
