/**
 * The matrix products against OpenBLAS's sgemm: one thread each, the same shapes, a few calls in turn.
 *
 * `PYTHON=/path/to/python3 node bench/kernels-blas.ts [ROUNDS]`; the interpreter needs NumPy (with its OpenBLAS) and
 * threadpoolctl. Without one it is skipped. Below 0.6 of OpenBLAS's best rate it fails.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { type Kernels, type Matrix, openKernels, random } from "../src/kernels/index.ts";

const [FLOOR, CALLS] = [0.6, 5];
const rounds = Number(process.argv[2] ?? 60);
const python = process.env["PYTHON"] ?? "python3";

const other = startPython();
const blas = await other.answer();
if (blas === undefined) {
  console.log(`skipped: ${python} does not run, or has no numpy and threadpoolctl; set PYTHON`);
  process.exit(0);
}
console.log(`against ${blas}; GFLOP/s, best (median)`);
const wasm = readFileSync(new URL("../build/kernels.wasm", import.meta.url));
const kernels = await openKernels({ wasm, threads: 1 });
let lowest = Infinity;
for (const [name, { flop, run }] of Object.entries(products(kernels))) {
  const [ours, theirs]: [number[], number[]] = [[], []];
  // Once unmeasured: the engine compiles and both sides touch their memory.
  for (let round = -1; round < rounds; round++) {
    const times = [timed(run), await other.times(name)] as const;
    if (round < 0) continue;
    ours.push(...times[0]);
    theirs.push(...times[1]);
  }
  const ratio = Math.min(...theirs) / Math.min(...ours);
  lowest = Math.min(lowest, ratio);
  console.log(
    `${name.padEnd(24)} ${rates(flop, ours)}  OpenBLAS ${rates(flop, theirs)}  × ${ratio.toFixed(2)} (${(
      median(theirs) / median(ours)
    ).toFixed(2)})`,
  );
}
other.end();
await kernels.close();
if (lowest < FLOOR) {
  console.log(`the lowest ratio is ${lowest.toFixed(2)}, below ${FLOOR}`);
  process.exitCode = 1;
}

/** The products by the names that `kernels-blas.py` knows them by. */
function products(kernels: Kernels): Record<string, { flop: number; run: () => void }> {
  const stream = random(1);
  const normal = (rows: number, columns: number): Matrix => {
    const matrix = kernels.matrix(rows, columns);
    for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = stream.normal();
    return matrix;
  };
  const [users, negatives, logits] = [normal(256, 128), normal(2048, 128), normal(256, 2048)];
  const [deep, weights, deepOut] = [normal(512, 1024), normal(1024, 128), kernels.matrix(512, 128)];
  const [block, items, scores] = [
    normal(128, 128),
    normal(40_000, 128),
    kernels.matrix(128, 40_000),
  ];
  const [dUsers, dNegatives] = [kernels.matrix(256, 128), kernels.matrix(2048, 128)];
  const flop = 2 * 256 * 2048 * 128;
  return {
    multiplyTransposed: {
      flop,
      run: () => {
        kernels.multiplyTransposed(logits, users, negatives);
      },
    },
    multiply: {
      flop,
      run: () => {
        kernels.multiply(dUsers, logits, negatives);
      },
    },
    multiplyLeftTransposed: {
      flop,
      run: () => {
        kernels.multiplyLeftTransposed(dNegatives, logits, users);
      },
    },
    deep: {
      flop: 2 * 512 * 1024 * 128,
      run: () => {
        kernels.multiply(deepOut, deep, weights);
      },
    },
    scoring: {
      flop: 2 * 128 * 128 * 40_000,
      run: () => {
        kernels.multiplyTransposed(scores, block, items);
      },
    },
  };
}

/** The interpreter with one thread, free to choose its kernels by the processor. */
function startPython() {
  const env: NodeJS.ProcessEnv = { ...process.env, OPENBLAS_NUM_THREADS: "1" };
  delete env["OPENBLAS_CORETYPE"];
  delete env["OPENBLAS_L2_SIZE"];
  const script = fileURLToPath(new URL("./kernels-blas.py", import.meta.url));
  const child: ChildProcess = spawn(python, [script], {
    env,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const failed = new Promise<undefined>((resolve) => {
    child.once("error", () => {
      resolve(undefined);
    });
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const answer = async (): Promise<string | undefined> => {
    const next = await Promise.race([lines.next(), failed]);
    return next === undefined || next.done === true ? undefined : next.value;
  };
  return {
    answer,
    async times(name: string): Promise<number[]> {
      child.stdin!.write(`${name} ${CALLS}\n`);
      return (await answer())!.split(" ").map(Number);
    },
    end: () => child.stdin!.end(),
  };
}

function timed(run: () => void): number[] {
  return Array.from({ length: CALLS }, () => {
    const start = performance.now();
    run();
    return (performance.now() - start) / 1000;
  });
}

function rates(flop: number, seconds: readonly number[]): string {
  const giga = (time: number): string => (flop / time / 1e9).toFixed(1);
  return `${giga(Math.min(...seconds))} (${giga(median(seconds))})`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
