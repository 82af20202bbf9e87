import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, random, subMatrix } from "../../src/kernels/index.ts";
import { open, randomMatrix, randomRows } from "./open.ts";

const THREADS = [1, 2, 3];
let teams: Kernels[];
beforeAll(async () => {
  teams = await Promise.all(THREADS.map((threads) => open(threads)));
});
afterAll(() => Promise.all(teams.map((team) => team.close())));

/** Every operation, one after the other on the results of those before, as in training and scoring. */
function everything(kernels: Kernels): Uint8Array[] {
  const mark = kernels.mark();
  const stream = random(5);
  const [users, items, width] = [150, 333, 36];
  const a = randomMatrix(kernels, users, width, stream);
  const b = randomMatrix(kernels, items, width, stream);
  const histories = randomRows(kernels, users, 6, items, stream);
  const rows = a.rows;
  const offsets = histories.offsets.subarray(0, rows + 1);
  const positives = {
    offsets,
    indices: histories.indices.subarray(0, offsets[rows]),
    weights: histories.weights.subarray(0, offsets[rows]),
  };
  const [inverseA, inverseB] = [kernels.float32(rows), kernels.float32(items)];
  const logits = kernels.matrix(rows, items);
  const [cosines, dCosines] = [
    kernels.float32(positives.indices.length),
    kernels.float32(positives.indices.length),
  ];
  const losses = kernels.float32(rows);
  const [dA, dB] = [kernels.matrix(rows, width), kernels.matrix(items, width)];
  const touched = kernels.uint32(items);
  touched.forEach((_, i) => (touched[i] = i));
  const state = {
    m: kernels.matrix(items, width),
    v: kernels.matrix(items, width),
    steps: kernels.uint32(items),
  };
  const scores = kernels.matrix(rows, items);
  const [sums, counts] = [kernels.float32(rows), kernels.uint32(rows)];
  const [indices, best] = [kernels.uint32(rows * 10), kernels.float32(rows * 10)];

  kernels.gatherSum(a, positives, b, { accumulate: true });
  kernels.normaliseRows(a, inverseA, a);
  kernels.normaliseRows(b, inverseB, b);
  kernels.rowDots(cosines, positives, a, b);
  kernels.multiplyTransposed(logits, a, b);
  kernels.sampledSoftmax(
    { logits, inverseTemperature: 10, masked: positives, positives, cosines },
    { losses, dCosines },
  );
  kernels.multiply(dA, logits, b);
  kernels.multiplyLeftTransposed(dB, logits, a);
  kernels.normaliseRowsBackward(dA, dA, a, inverseA);
  kernels.adamRows(b, dB, touched, state, { learningRate: 0.02 });
  kernels.multiplyTransposed(scores, a, b);
  kernels.addRow(scores, inverseB, 3);
  const evidence = kernels.matrix(rows, items);
  kernels.scatterSum(evidence, positives, randomRows(kernels, items, 6, items, stream));
  kernels.addLogEvidence(scores, evidence, 1.5, 2);
  kernels.logSumExpRows(sums, scores);
  kernels.topK(scores, 10, undefined, indices, best, counts);
  kernels.exp(scores.values, scores.values);
  const results = [
    a.values,
    cosines,
    losses,
    dCosines,
    dA.values,
    dB.values,
    b.values,
    sums,
    indices,
  ].map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice());
  results.push(new Uint8Array(new Float32Array(scores.values).buffer));
  kernels.reset(mark);
  return results;
}

test("one, two and three threads give the same bytes for every operation", () => {
  const [one, ...others] = teams.map((team) => everything(team));
  for (const other of others) expect(other).toEqual(one);
});

test("a row's bytes do not depend on the rows that are computed with it", () => {
  const all = teams[0]!.matrix(13, 20);
  const stream = random(1);
  all.values.set(randomMatrix(teams[0]!, 13, 20, stream).values);
  const b = randomMatrix(teams[0]!, 50, 20, stream);
  const together = teams[0]!.matrix(13, 50);
  teams[0]!.multiplyTransposed(together, all, b);
  for (let r = 0; r < 13; r++) {
    const alone = teams[0]!.matrix(1, 50);
    teams[0]!.multiplyTransposed(alone, subMatrix(all, 1, r), b);
    expect(alone.values).toEqual(subMatrix(together, 1, r).values);
  }
});

test("thousands of short calls in a row, and calls after a sleep, are all done by all threads", async () => {
  const team = teams[2]!;
  const values = team.float32(70_000);
  for (let call = 1; call <= 2000; call++) {
    values.fill(0, 0, 100);
    team.exp(values, values);
    if (call % 500 === 0) await new Promise((resume) => setTimeout(resume, 20));
  }
  expect(values[0]).toBe(1);
  const first = team.matrix(3000, 20);
  first.values.fill(1);
  const bias = team.float32(20);
  bias.fill(1);
  for (let call = 0; call < 500; call++) team.addRow(first, bias, 1);
  expect(first.values.every((x) => x === 501)).toBe(true);
});
