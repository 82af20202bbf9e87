/**
 * The kernels of a training step at its usual size against plain loops over Float32Array, in one run.
 *
 * `node bench/kernels-training.ts [THREADS]`, 2 by default. 256 users, 2,048 negatives, width 128, 40,000 items.
 * The ratio at the end of a line is one thread's median against the plain loop's.
 */
import { readFileSync } from "node:fs";

import { type Kernels, type Matrix, openKernels, random } from "../src/kernels/index.ts";
import { measure, report } from "./kernels-measure.ts";
import * as loops from "./kernels-plain.ts";

const [USERS, NEGATIVES, WIDTH, ITEMS, ENTRIES] = [256, 2048, 128, 40_000, 100_000];
const wasm = readFileSync(new URL("../build/kernels.wasm", import.meta.url));
const threads = [1, Number(process.argv[2] ?? 2)];
const teams = await Promise.all(threads.map((count) => openKernels({ wasm, threads: count })));
const problems = teams.map(problem);

/** One benchmark: the kernel in every team, the plain loop on copies outside the shared memory. */
function bench(
  name: string,
  unit: string,
  amount: number,
  kernel: (kernels: Kernels, data: Problem) => void,
  loop: (data: Problem) => void,
): void {
  const rates = teams.map((team, i) =>
    measure(amount, () => {
      kernel(team, problems[i]!);
    }),
  );
  const plain = measure(
    amount,
    () => {
      loop(outside);
    },
    0.1,
  );
  report(name, unit, threads, rates, plain);
}

type Problem = ReturnType<typeof problem>;

function problem(kernels: Kernels) {
  const stream = random(1);
  const normal = (rows: number, columns: number): Matrix => {
    const matrix = kernels.matrix(rows, columns);
    for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = 0.1 * stream.normal();
    return matrix;
  };
  const lists = (rows: number, entries: number) => {
    const offsets = kernels.uint32(rows + 1);
    const indices = kernels.uint32(entries);
    const weights = kernels.float32(entries).fill(0.5);
    for (let r = 0; r <= rows; r++) offsets[r] = Math.floor((r * entries) / rows);
    for (let p = 0; p < entries; p++) indices[p] = stream.integer(ITEMS);
    return { offsets, indices, weights };
  };
  const updated = ENTRIES / 10;
  const rows = kernels.uint32(updated);
  rows.forEach((_, i) => (rows[i] = Math.floor((i * ITEMS) / updated)));
  return {
    users: normal(USERS, WIDTH),
    negatives: normal(NEGATIVES, WIDTH),
    items: normal(ITEMS, WIDTH),
    logits: normal(USERS, NEGATIVES),
    dUsers: normal(USERS, WIDTH),
    dNegatives: normal(NEGATIVES, WIDTH),
    histories: lists(updated, ENTRIES),
    sums: normal(updated, WIDTH),
    dots: kernels.float32(ENTRIES),
    positives: lists(USERS, 30 * USERS),
    cosines: kernels.float32(30 * USERS),
    dCosines: kernels.float32(30 * USERS),
    losses: kernels.float32(USERS),
    exponents: normal(1, 131_072).values,
    exponentials: kernels.float32(131_072),
    rows,
    state: {
      m: kernels.matrix(ITEMS, WIDTH),
      v: kernels.matrix(ITEMS, WIDTH),
      steps: kernels.uint32(ITEMS),
    },
  };
}

/** The same problem in ordinary memory: a loop must not pay for the memory being shared. */
const outside = structuredCloneOutside(problems[0]!);

function structuredCloneOutside<Value>(value: Value): Value {
  if (value instanceof Float32Array) return new Float32Array(value) as Value;
  if (value instanceof Uint32Array) return new Uint32Array(value) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, structuredCloneOutside<unknown>(part)]),
  ) as Value;
}

const FLOP = 2 * USERS * NEGATIVES * WIDTH;
bench(
  "multiplyTransposed",
  "GFLOP/s",
  FLOP,
  (k, d) => {
    k.multiplyTransposed(d.logits, d.users, d.negatives);
  },
  (d) => {
    loops.multiplyTransposed(d.logits, d.users, d.negatives);
  },
);
bench(
  "multiply",
  "GFLOP/s",
  FLOP,
  (k, d) => {
    k.multiply(d.dUsers, d.logits, d.negatives);
  },
  (d) => {
    loops.multiply(d.dUsers, d.logits, d.negatives);
  },
);
bench(
  "multiplyLeftTransposed",
  "GFLOP/s",
  FLOP,
  (k, d) => {
    k.multiplyLeftTransposed(d.dNegatives, d.logits, d.users);
  },
  (d) => {
    loops.multiplyLeftTransposed(d.dNegatives, d.logits, d.users);
  },
);
bench(
  "gatherSum",
  "GB/s",
  ENTRIES * WIDTH * 4,
  (k, d) => {
    k.gatherSum(d.sums, d.histories, d.items);
  },
  (d) => {
    loops.gatherSum(d.sums, d.histories, d.items);
  },
);
bench(
  "rowDots",
  "GB/s",
  ENTRIES * WIDTH * 4,
  (k, d) => {
    k.rowDots(d.dots, d.histories, d.sums, d.items);
  },
  (d) => {
    loops.rowDots(d.dots, d.histories, d.sums, d.items);
  },
);
bench(
  "exp",
  "G/s",
  131_072,
  (k, d) => {
    k.exp(d.exponentials, d.exponents);
  },
  (d) => {
    loops.exp(d.exponentials, d.exponents);
  },
);
bench(
  "sampledSoftmax",
  "G logits/s",
  USERS * NEGATIVES,
  (k, d) => {
    k.sampledSoftmax({ ...d, inverseTemperature: 10 }, d);
  },
  (d) => {
    loops.sampledSoftmax(d, 10);
  },
);
bench(
  "adamRows",
  "G parameters/s",
  (ENTRIES / 10) * WIDTH,
  (k, d) => {
    k.adamRows(d.items, d.sums, d.rows, d.state, { learningRate: 0.01 });
  },
  (d) => {
    loops.adamRows(d.items, d.sums, d.rows, d.state, 0.01);
  },
);
await Promise.all(teams.map((team) => team.close()));
