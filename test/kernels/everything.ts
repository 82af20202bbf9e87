import { type Kernels, random } from "../../src/kernels/index.ts";
import { fill, randomMatrix, randomRows } from "./open.ts";

/** Every operation, one after the other on the results of those before, as in training and scoring. */
export function everything(kernels: Kernels): Uint8Array[] {
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
  kernels.rectify(a);
  kernels.rectifyBackward(dA, a);
  kernels.multiplyLeftTransposed(dB, logits, a);
  kernels.normaliseRowsBackward(dA, dA, a, inverseA);
  kernels.adamRows(b, dB, touched, state, { learningRate: 0.02 });
  const packed = kernels.packedMatrix(items, width);
  kernels.pack(packed, b);
  kernels.multiplyPacked(scores, a, packed);
  kernels.addRow(scores, inverseB, 3);
  const evidence = kernels.matrix(rows, items);
  kernels.multiplySparse(evidence, positives, randomRows(kernels, items, 6, items, stream));
  kernels.logEvidence(evidence, 2);
  kernels.addScaled(scores, evidence, 1.5);
  kernels.logSumExpRows(sums, scores);
  kernels.topK(scores, 10, undefined, indices, best, counts);
  const likely = kernels.matrix(rows, items);
  const curves = randomMatrix(kernels, rows, 40, stream);
  const [shifts, slopes] = [
    fill(kernels.float32(rows), stream, 20),
    fill(kernels.float32(rows), stream),
  ];
  const totals = kernels.float32(rows);
  kernels.sigmoidOfCurve(likely, totals, scores, { curves, shifts, slopes });
  const reaching = kernels.uint32(rows * items);
  const floors = fill(kernels.float32(items), stream);
  kernels.columnsReaching(reaching, counts, likely, {
    floors,
    scaledFloors: inverseB,
    scales: totals,
  });
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
    likely.values,
    totals,
    reaching,
  ].map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice());
  results.push(new Uint8Array(new Float32Array(scores.values).buffer));
  kernels.reset(mark);
  return results;
}
