import { expect, test } from "vitest";

import { symmetricEigen } from "../../../src/core/baselines/symmetric-eigen.ts";
import { random } from "../../../src/kernels/index.ts";

test("a small matrix, worked out by hand", () => {
  const { values, vectors } = symmetricEigen([2, 1, 1, 2], 2);
  const order = [0, 1].sort((a, b) => values[a]! - values[b]!);
  expect(order.map((i) => values[i])).toEqual([expect.closeTo(1, 12), expect.closeTo(3, 12)]);
  const root = Math.SQRT1_2;
  const [first, second] = order.map((i) => vectors.subarray(2 * i, 2 * i + 2));
  expect(first![0]! * first![1]!).toBeCloseTo(-root * root, 12);
  expect(second![0]! * second![1]!).toBeCloseTo(root * root, 12);
});

test.each([0, 1, 2, 3, 17, 64])("the parts of a matrix of %i rows make it again", (size) => {
  const stream = random(size);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = stream.normal();
  }
  expectParts(matrix, size);
});

test.each([
  ["zeros", new Float64Array(25)],
  ["a diagonal with equal values", Float64Array.from({ length: 25 }, (_, i) => +(i % 6 === 0))],
  ["a part far below rounding", Float64Array.from({ length: 25 }, (_, i) => [1, 1e-200][i % 2]!)],
  ["rank one", Float64Array.from({ length: 25 }, (_, i) => (i % 5) * Math.floor(i / 5))],
])("%s", (_, matrix) => {
  expectParts(matrix, 5);
});

test("a Gram matrix of far lower rank than its size", () => {
  const [size, rank] = [48, 5];
  const stream = random(1);
  const x = Float64Array.from({ length: rank * size }, () => 1e-3 * stream.normal());
  const gram = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += x[r * size + i]! * x[r * size + j]!;
    return Math.fround(sum);
  });
  expectParts(gram, size);
});

test("a number that is not finite is refused", () => {
  expect(() => symmetricEigen([1, NaN, NaN, 1], 2)).toThrow("finite numbers");
});

/** S = Vᵀ · diag(values) · V, and the rows of V are orthonormal. */
function expectParts(matrix: Float64Array, size: number): void {
  const { values, vectors } = symmetricEigen(matrix, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let [made, product] = [0, 0];
      for (let k = 0; k < size; k++) {
        made += values[k]! * vectors[k * size + i]! * vectors[k * size + j]!;
        product += vectors[i * size + k]! * vectors[j * size + k]!;
      }
      expect(made).toBeCloseTo(matrix[i * size + j]!, 10);
      expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
    }
  }
}
