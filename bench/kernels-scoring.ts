/**
 * Full scoring at the size of Gowalla: for blocks of users the product with all items, the prior, the log-sum-exp and
 * the best 100 of each user.
 *
 * `node bench/kernels-scoring.ts [ITEMS] [THREADS]`, 40,981 items and 2 threads by default. The yardstick is the product
 * of a training step, whose matrices stay in the caches: the time that scoring would take at its rate, as a
 * share of the time it took. Below 0.5 it fails. `topK` is also compared with a plain loop that keeps the best by insertion.
 */
import { readFileSync } from "node:fs";

import { type Kernels, type Matrix, openKernels, random } from "../src/kernels/index.ts";

const [USERS, WIDTH, K, ROUNDS, FLOOR] = [128, 128, 100, 15, 0.5];
const items = Number(process.argv[2] ?? 40_981);
const wasm = readFileSync(new URL("../build/kernels.wasm", import.meta.url));

for (const threads of [1, Number(process.argv[3] ?? 2)]) {
  const kernels = await openKernels({ wasm, threads });
  const { parts, scores } = problem(kernels);
  const times = inTurn(parts);
  const plain = timed(() => {
    plainTopK(new Float32Array(scores.values), items);
  });
  const shares = [best, median].map((of) => {
    const ideal = (of(times.training) / (256 * 2048)) * USERS * items;
    return ideal / (of(times.product) + of(times.prior) + of(times.sums) + of(times.top));
  });
  const show = (name: keyof typeof times): string => `${micro(best(times[name]) / USERS)} µs`;
  console.log(
    `${threads} thread(s): training product ${((2 * 256 * 2048 * WIDTH) / best(times.training) / 1e9).toFixed(0)} GFLOP/s; ` +
      `a user's product ${show("product")}, addRow ${show("prior")}, logSumExpRows ${show("sums")}, topK ${show("top")} ` +
      `(× ${(plain / best(times.top)).toFixed(1)} of the plain loop); ` +
      `${shares[0]!.toFixed(2)} (median ${shares[1]!.toFixed(2)}) of the training product's rate`,
  );
  if (shares[0]! < FLOOR) {
    console.log(`the share is below ${FLOOR}`);
    process.exitCode = 1;
  }
  await kernels.close();
}

/** A training step's product, and the parts of scoring a block of users. */
function problem(kernels: Kernels) {
  const stream = random(1);
  const normal = (rows: number, columns: number, scale: number): Matrix => {
    const matrix = kernels.matrix(rows, columns);
    for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = scale * stream.normal();
    return matrix;
  };
  const [a, b, logits] = [
    normal(256, WIDTH, 0.1),
    normal(2048, WIDTH, 0.1),
    kernels.matrix(256, 2048),
  ];
  const users = normal(USERS, WIDTH, 0.1);
  const packed = kernels.packedMatrix(items, WIDTH);
  kernels.pack(packed, normal(items, WIDTH, 0.1));
  const prior = normal(1, items, 1).values;
  const [cosines, scores] = [kernels.matrix(USERS, items), kernels.matrix(USERS, items)];
  const [indices, values] = [kernels.uint32(USERS * K), kernels.float32(USERS * K)];
  const [sums, counts] = [kernels.float32(USERS), kernels.uint32(USERS)];
  const parts = {
    training: () => {
      kernels.multiplyTransposed(logits, a, b);
    },
    product: () => {
      kernels.multiplyPacked(cosines, users, packed);
    },
    prior: () => {
      kernels.addRow(scores, prior, 10, cosines);
    },
    sums: () => {
      kernels.logSumExpRows(sums, scores);
    },
    top: () => {
      kernels.topK(scores, K, undefined, indices, values, counts);
    },
  };
  return { parts, scores };
}

/** The seconds of every round of each part; the parts in turn, so that all meet the same disturbances. */
function inTurn<Name extends string>(parts: Record<Name, () => void>): Record<Name, number[]> {
  const names = Object.keys(parts) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  // The first rounds compile and touch the memory.
  for (let round = -3; round < ROUNDS; round++) {
    for (const name of names) {
      // Several times in a row, so that what fits in the caches is in them.
      for (let call = 0; call < 3; call++) {
        const seconds = timed(parts[name]);
        if (round >= 0) times[name].push(seconds);
      }
    }
  }
  return times;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function best(times: readonly number[]): number {
  return Math.min(...times);
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

function micro(seconds: number): string {
  return (seconds * 1e6).toFixed(0);
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
