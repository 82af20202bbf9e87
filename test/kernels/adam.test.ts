import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, random, shuffle } from "../../src/kernels/index.ts";
import { largestError, open, randomMatrix } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open();
});
afterAll(() => kernels.close());

function newState(rows: number, columns: number) {
  return {
    m: kernels.matrix(rows, columns),
    v: kernels.matrix(rows, columns),
    steps: kernels.uint32(rows),
  };
}

test("adamRows follows the paper's algorithm row by row, each with its own count of steps", () => {
  const [rows, columns, learningRate, b1, b2, eps] = [7, 12, 0.02, 0.8, 0.95, 1e-6];
  const stream = random(1);
  const parameters = randomMatrix(kernels, rows, columns, stream);
  const state = newState(rows, columns);
  const x = Float64Array.from(parameters.values);
  const [m, v] = [new Float64Array(x.length), new Float64Array(x.length)];
  const steps = new Uint32Array(rows);

  for (let step = 0; step < 30; step++) {
    const touched = kernels.uint32(rows);
    touched.forEach((_, i) => (touched[i] = i));
    shuffle(touched, stream);
    const some = touched.subarray(0, stream.integer(rows + 1));
    const gradients = randomMatrix(kernels, some.length, columns, stream);
    kernels.adamRows(parameters, gradients, some, state, { learningRate, b1, b2, eps });
    some.forEach((q, i) => {
      const t = ++steps[q]!;
      for (let d = 0; d < columns; d++) {
        const [at, g] = [q * columns + d, gradients.values[i * columns + d]!];
        m[at] = b1 * m[at]! + (1 - b1) * g;
        v[at] = b2 * v[at]! + (1 - b2) * g * g;
        const mHat = m[at] / (1 - b1 ** t);
        const vHat = v[at] / (1 - b2 ** t);
        x[at]! -= (learningRate * mHat) / (Math.sqrt(vHat) + eps);
      }
    });
  }
  expect(state.steps).toEqual(steps);
  expect(largestError(parameters.values, x)).toBeLessThan(1e-5);
  expect(largestError(state.m.values, m)).toBeLessThan(1e-5);
  expect(largestError(state.v.values, v)).toBeLessThan(1e-5);
});

test("the first step has the size of the learning rate, whatever the size of the gradient", () => {
  const parameters = kernels.matrix(1, 4);
  const gradients = kernels.matrix(1, 4);
  gradients.values.set([1e-3, -2, 50, 0]);
  kernels.adamRows(parameters, gradients, kernels.uint32(1), newState(1, 4), { learningRate: 0.1 });
  expect(largestError(parameters.values, [-0.1, 0.1, -0.1, 0])).toBeLessThan(1e-5);
});

test("rows without a gradient are not touched, and a row outside the parameters is refused", () => {
  const stream = random(2);
  const parameters = randomMatrix(kernels, 3, 8, stream);
  const before = parameters.values.slice();
  const state = newState(3, 8);
  const rows = kernels.uint32(1);
  rows[0] = 1;
  const gradients = randomMatrix(kernels, 1, 8, stream);
  kernels.adamRows(parameters, gradients, rows, state, { learningRate: 0.1 });
  expect(parameters.values.subarray(0, 8)).toEqual(before.subarray(0, 8));
  expect(parameters.values.subarray(16)).toEqual(before.subarray(16));
  expect(parameters.values.subarray(8, 16)).not.toEqual(before.subarray(8, 16));
  expect(Array.from(state.steps)).toEqual([0, 1, 0]);
  rows[0] = 3;
  expect(() => {
    kernels.adamRows(parameters, gradients, rows, state, { learningRate: 0.1 });
  }).toThrow(RangeError);
  expect(() => {
    kernels.adamRows(parameters, gradients, rows, newState(2, 8), { learningRate: 0.1 });
  }).toThrow("do not fit together");
});
