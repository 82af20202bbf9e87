/**
 * Full scoring: the product of 256 users with all items, the bias, then the best 100 of each; in one run with
 * the plain loop over the scores that keeps the best 100 by insertion.
 *
 * `node bench/kernels-scoring.ts [ITEMS] [THREADS]`, 40,000 items and 2 threads by default.
 */
import { readFileSync } from "node:fs";

import { type Matrix, openKernels, random } from "../src/kernels/index.ts";
import { measure } from "./kernels-measure.ts";

const [USERS, WIDTH, K] = [256, 128, 100];
const items = Number(process.argv[2] ?? 40_000);
const wasm = readFileSync(new URL("../build/kernels.wasm", import.meta.url));

for (const threads of [1, Number(process.argv[3] ?? 2)]) {
  const kernels = await openKernels({ wasm, threads });
  const stream = random(1);
  const normal = (rows: number, columns: number): Matrix => {
    const matrix = kernels.matrix(rows, columns);
    for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = stream.normal();
    return matrix;
  };
  const [a, b, bias] = [normal(USERS, WIDTH), normal(items, WIDTH), normal(1, items).values];
  const scores = kernels.matrix(USERS, items);
  const [indices, best] = [kernels.uint32(USERS * K), kernels.float32(USERS * K)];
  const counts = kernels.uint32(USERS);
  const product = measure(2 * USERS * items * WIDTH, () => {
    kernels.multiplyTransposed(scores, a, b);
  });
  const top = measure(USERS * items, () => {
    kernels.topK(scores, K, undefined, indices, best, counts);
  });
  const outside = new Float32Array(scores.values);
  const plain = measure(
    USERS * items,
    () => {
      plainTopK(outside, items);
    },
    0,
  );
  const added = measure(USERS * items, () => {
    kernels.addRow(scores, bias, 0.5);
  });
  const sums = measure(USERS * items, () => {
    kernels.logSumExpRows(best, scores);
  });
  const share = product.median / (2 * WIDTH) / top.median;
  console.log(
    `${threads} thread(s): product ${giga(product.median)} GFLOP/s, topK ${giga(top.median)} G scores/s ` +
      `(${(100 * share).toFixed(0)} % of the product's time, × ${(top.median / plain.median).toFixed(1)} of the plain loop), ` +
      `addRow ${giga(added.median)}, logSumExpRows ${giga(sums.median)} G scores/s`,
  );
  await kernels.close();
}

function giga(rate: number): string {
  return (rate / 1e9).toPrecision(3);
}

/** The best K of each row by insertion into a sorted list. */
function plainTopK(scores: Float32Array, columns: number): void {
  const list = new Float32Array(K);
  const indices = new Uint32Array(K);
  for (let start = 0; start < scores.length; start += columns) {
    list.fill(-Infinity);
    for (let j = columns - 1; j >= 0; j--) {
      const score = scores[start + j]!;
      if (!(score > list[K - 1]!)) continue;
      let place = K - 1;
      for (; place > 0 && list[place - 1]! < score; place--) {
        list[place] = list[place - 1]!;
        indices[place] = indices[place - 1]!;
      }
      list[place] = score;
      indices[place] = j;
    }
  }
}
