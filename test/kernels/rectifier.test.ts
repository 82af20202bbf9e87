import { afterAll, beforeAll, expect, test } from "vitest";

import type { Kernels } from "../../src/kernels/index.ts";
import { open } from "./open.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await open(2);
});
afterAll(() => kernels.close());

const SPECIAL = [0, -0, 1, -1, Infinity, -Infinity, NaN, 1e-40, -1e-40];
const numbersOf = (columns: number) =>
  Array.from({ length: columns }, (_, i) => SPECIAL[i] ?? Math.fround(Math.sin(i)));

test.each([0, 3, 9, 40_001])("rectify of %i numbers keeps what is above 0", (columns) => {
  const values = kernels.matrix(1, columns);
  values.values.set(numbersOf(columns));
  kernels.rectify(values);
  expect(Array.from(values.values)).toEqual(
    numbersOf(columns).map((x) => (x > 0 ? Math.fround(x) : 0)),
  );
});

test.each([0, 3, 9, 40_001])("rectifyBackward of %i numbers passes what was kept", (columns) => {
  const [dValues, values] = [kernels.matrix(1, columns), kernels.matrix(1, columns)];
  values.values.set(numbersOf(columns));
  kernels.rectify(values);
  dValues.values.forEach((_, i) => (dValues.values[i] = i + 1));
  kernels.rectifyBackward(dValues, values);
  expect(Array.from(dValues.values)).toEqual(numbersOf(columns).map((x, i) => (x > 0 ? i + 1 : 0)));
  expect(() => {
    kernels.rectifyBackward(kernels.matrix(2, columns), values);
  }).toThrow("must have the same shape");
});
