import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, random } from "../../src/kernels/index.ts";
import { fill, largestError, open, randomMatrix } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

/** The definition: linear between points at 0, 1, …, and on along the end pieces. */
function along(curve: ArrayLike<number>, x: number): number {
  const cell = Math.max(0, Math.min(curve.length - 2, Math.floor(x)));
  return curve[cell]! + (x - cell) * (curve[cell + 1]! - curve[cell]!);
}

test.each([
  [1, 1, 2],
  [3, 4, 2],
  [5, 1027, 9],
  [2, 2051, 258],
])("sigmoidOfCurve of (%i, %i) on curves of %i points", (rows, columns, points) => {
  const mark = kernels.mark();
  const stream = random(rows * columns);
  const input = randomMatrix(kernels, rows, columns, stream);
  const curves = randomMatrix(kernels, rows, points, stream);
  const shifts = fill(kernels.float32(rows), stream, points);
  const slopes = fill(kernels.float32(rows), stream, points / 2); // far beyond both ends too
  const expected = Array.from(input.values, (score, i) => {
    const r = Math.floor(i / columns);
    const curve = curves.values.subarray(r * points, (r + 1) * points);
    return 1 / (1 + Math.exp(-along(curve, shifts[r]! + slopes[r]! * score)));
  });
  const out = kernels.matrix(rows, columns);
  const sums = kernels.float32(rows);
  kernels.sigmoidOfCurve(out, sums, input, { curves, shifts, slopes });
  // x is rounded to 24 bits, and a piece may rise by some units: the absolute error of the logit grows with x.
  expect(largestError(out.values, expected)).toBeLessThan(2e-4);
  for (let r = 0; r < rows; r++) {
    const row = out.values.subarray(r * columns, (r + 1) * columns);
    expect(sums[r]! / row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  }
  const inPlace = kernels.matrix(rows, columns);
  inPlace.values.set(input.values);
  kernels.sigmoidOfCurve(inPlace, sums, inPlace, { curves, shifts, slopes });
  expect([...inPlace.values]).toEqual([...out.values]);
  kernels.reset(mark);
});

test("sigmoidOfCurve is 0 or 1 where the curve leads beyond what a float tells apart", () => {
  const input = kernels.matrix(1, 2);
  input.values.set([-1000, 1000]);
  const curves = kernels.matrix(1, 2);
  curves.values.set([0, 1]);
  const slopes = kernels.float32(1).fill(1);
  const out = kernels.matrix(1, 2);
  kernels.sigmoidOfCurve(out, kernels.float32(1), input, {
    curves,
    shifts: kernels.float32(1),
    slopes,
  });
  expect([...out.values]).toEqual([0, 1]);
});

test.each([
  [1, 1],
  [4, 7],
  [3, 8],
  [3, 1003],
])("columnsReaching of (%i, %i): at least either floor, ascending", (rows, columns) => {
  const mark = kernels.mark();
  const stream = random(columns);
  // Few distinct numbers, so that many equal their floor.
  const coarse = (array: Float32Array) => array.map(() => stream.integer(9) - 2);
  const values = kernels.matrix(rows, columns);
  values.values.set(coarse(values.values));
  const floors = kernels.float32(columns);
  floors.set(coarse(floors));
  const scaledFloors = kernels.float32(columns);
  scaledFloors.set(coarse(scaledFloors));
  const scales = kernels.float32(rows);
  scales.set(coarse(scales));
  const [found, counts] = [kernels.uint32(rows * columns), kernels.uint32(rows)];
  kernels.columnsReaching(found, counts, values, { floors, scaledFloors, scales });
  for (let r = 0; r < rows; r++) {
    const expected = Array.from({ length: columns }, (_, j) => j).filter((j) => {
      const value = values.values[r * columns + j]!;
      return value >= floors[j]! || value >= scales[r]! * scaledFloors[j]!;
    });
    expect([...found.subarray(r * columns, r * columns + counts[r]!)]).toEqual(expected);
  }
  kernels.reset(mark);
});

test("arrays that are too short are refused", () => {
  const input = kernels.matrix(2, 3);
  const short = kernels.float32(1);
  const long = kernels.float32(2);
  const curves = kernels.matrix(2, 2);
  expect(() => {
    kernels.sigmoidOfCurve(input, short, input, { curves, shifts: long, slopes: long });
  }).toThrow("need as many sums");
  expect(() => {
    kernels.sigmoidOfCurve(input, long, input, {
      curves: kernels.matrix(2, 1),
      shifts: long,
      slopes: long,
    });
  }).toThrow("at least 2 points");
  expect(() => {
    kernels.columnsReaching(kernels.uint32(6), kernels.uint32(2), input, {
      floors: long,
      scaledFloors: long,
      scales: long,
    });
  }).toThrow("need as many floors");
});
