import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, random } from "../../src/kernels/index.ts";
import { topK } from "./definitions.ts";
import { fill, open } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

interface Row {
  readonly scores: readonly number[];
  readonly excluded: readonly number[];
}

/** The kernel's lists for rows of one length, and what fills the unused places. */
function run(rows: readonly Row[], k: number) {
  const mark = kernels.mark();
  const columns = rows[0]?.scores.length ?? 0;
  const scores = kernels.matrix(rows.length, columns);
  const offsets = kernels.uint32(rows.length + 1);
  const lists = rows.map(({ excluded }) => [...new Set(excluded)].sort((a, b) => a - b));
  const indices = kernels.uint32(lists.flat().length);
  indices.set(lists.flat());
  rows.forEach((row, r) => {
    scores.values.set(row.scores, r * columns);
    offsets[r + 1] = offsets[r]! + lists[r]!.length;
  });
  const outIndices = kernels.uint32(rows.length * k);
  const outScores = kernels.float32(rows.length * k);
  const counts = kernels.uint32(rows.length);
  kernels.topK(scores, k, { offsets, indices }, outIndices, outScores, counts);
  const results = rows.map((_, r) =>
    Array.from({ length: k }, (_, i) => ({
      column: outIndices[r * k + i]!,
      score: outScores[r * k + i]!,
    })),
  );
  kernels.reset(mark);
  return { results, counts: Array.from(counts) };
}

function expectDefinition(rows: readonly Row[], k: number): void {
  const { results, counts } = run(rows, k);
  rows.forEach(({ scores, excluded }, r) => {
    const expected = topK(Float32Array.from(scores), k, new Set(excluded));
    expect(counts[r]).toBe(expected.length);
    expect(results[r]!.slice(0, expected.length)).toEqual(
      // −0 and 0 are equal scores; the kernel writes 0
      expected.map(({ column, score }) => ({ column, score: score + 0 })),
    );
    for (const unused of results[r]!.slice(expected.length)) {
      expect(unused).toEqual({ column: 0xffffffff, score: -Infinity });
    }
  });
}

test("few distinct scores, NaN, infinities and exclusions: the lists are those of a full sort", () => {
  const score = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -0) },
  );
  const rows = fc.integer({ min: 0, max: 70 }).chain((columns) =>
    fc.array(
      fc.record({
        scores: fc.array(score, { minLength: columns, maxLength: columns }),
        excluded: columns === 0 ? fc.constant([]) : fc.array(fc.nat(columns - 1)),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  );
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 80 }), (rows, k) => {
      expectDefinition(rows, k);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test.each([1, 7, 100])("k = %i of rows long enough to choose many times", (k) => {
  const stream = random(k);
  const rows = Array.from({ length: 3 }, (_, r) => ({
    scores: Array.from(fill(new Float32Array(5003), stream)),
    excluded: Array.from({ length: 300 * r }, () => stream.integer(5003)),
  }));
  expectDefinition(rows, k);
});

test("rising, falling and equal rows", () => {
  const columns = 1000;
  const rows = [
    Array.from({ length: columns }, (_, j) => j),
    Array.from({ length: columns }, (_, j) => -j),
    Array.from({ length: columns }, () => 1),
  ].map((scores) => ({ scores, excluded: [999, 998, 0] }));
  expectDefinition(rows, 50);
});

test("no exclusions at all may be given, and impossible arguments are refused", () => {
  const scores = kernels.matrix(1, 3);
  scores.values.set([1, 3, 2]);
  const [indices, values, counts] = [kernels.uint32(2), kernels.float32(2), kernels.uint32(1)];
  kernels.topK(scores, 2, undefined, indices, values, counts);
  expect(Array.from(indices)).toEqual([1, 2]);
  expect(() => {
    kernels.topK(scores, 3, undefined, indices, values, counts);
  }).toThrow("1 rows of 3 do not fit in 2 indices, 2 scores and 1 counts");
  expect(() => {
    kernels.topK(scores, -1, undefined, indices, values, counts);
  }).toThrow("k must be a whole number, got -1");
});
