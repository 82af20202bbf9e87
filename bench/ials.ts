/**
 * Our iALS against PyPI's `implicit` on the same data with the same settings: seconds of an iteration, and where there are
 * test rows the quality of the rankings.
 *
 * `PYTHON=/path/to/python3 node bench/ials.ts [DIR]`. The interpreter must have `implicit` (measured: 0.7.3); without one only
 * our side runs. DIR holds `user_item_interactions.csv` and `test.tsv`; without it the data are random ones of Gowalla's size.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AlternatingLeastSquares, type IalsOptions } from "../src/core/baselines/index.ts";
import { histories, type Scorer } from "../src/core/data/index.ts";
import { evaluateModel } from "../src/core/evaluate/index.ts";
import { type Matrix, openKernels, subMatrix } from "../src/kernels/index.ts";
import { EvaluationConfig, PART } from "../src/schema/index.ts";
import { randomShop, shopOf } from "./ials-data.ts";

/** Below this share of implicit's speed the benchmark fails. */
const FLOOR = 0.5;
const folder = process.argv[2];
const dataset = folder === undefined ? randomShop() : shopOf(folder);
const history = histories(dataset, [PART.train]);
const options = {
  alpha: 20,
  regularization: 10,
  iterations: folder === undefined ? 4 : 12,
  steps: 3,
  seed: 1,
};

const wasm = readFileSync(new URL("../build/kernels.wasm", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "ials-"));
const python = process.env["PYTHON"];
const hasImplicit =
  python !== undefined && spawnSync(python, ["-c", "import implicit"]).status === 0;
if (!hasImplicit) console.log("implicit is skipped: PYTHON names no interpreter that has it");
console.log(
  `${history.users} users, ${history.items} items, ${history.itemIndices.length} pairs; best and median seconds of an iteration`,
);
let isBelow = false;
for (const factors of [64, 128]) {
  for (const threads of [1, 2]) {
    const ours = await fitOurs({ ...options, factors }, threads);
    const theirs = hasImplicit ? fitImplicit(python, { ...options, factors }, threads) : undefined;
    const ratio = theirs && best(theirs.seconds) / best(ours.seconds);
    console.log(
      `${factors} factors, ${threads} thread(s): ours ${times(ours.seconds)}` +
        (theirs ? `, implicit ${times(theirs.seconds)}: × ${ratio!.toFixed(2)}` : ""),
    );
    isBelow ||= (ratio ?? 1) < FLOOR;
    if (folder !== undefined && threads === 1) await judge(ours, theirs);
  }
}
rmSync(scratch, { recursive: true });
process.exitCode = isBelow ? 1 : 0;

interface Fit {
  readonly seconds: readonly number[];
  readonly users: Float32Array;
  readonly items: Float32Array;
}

async function fitOurs(settings: IalsOptions, threads: number): Promise<Fit> {
  const kernels = await openKernels({ wasm, threads });
  const fit = new AlternatingLeastSquares(kernels, history, settings);
  const seconds = Array.from({ length: settings.iterations }, () => {
    const start = performance.now();
    fit.iterate();
    return (performance.now() - start) / 1000;
  });
  const { users, items } = fit.finish();
  await kernels.close();
  return { seconds, users: users.values, items: items.values };
}

function fitImplicit(interpreter: string, settings: IalsOptions, threads: number): Fit {
  const write = (name: string, array: Uint32Array | Float32Array): void => {
    writeFileSync(
      join(scratch, name),
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
  };
  write("offsets", history.offsets);
  write("indices", history.itemIndices);
  write(
    "confidences",
    history.weights.map((weight) => 1 + settings.alpha * weight),
  );
  const script = new URL("ials-implicit.py", import.meta.url).pathname;
  const task = JSON.stringify({ ...settings, threads, items: history.items, folder: scratch });
  const env: NodeJS.ProcessEnv = { ...process.env, OPENBLAS_NUM_THREADS: "1" };
  // They would hold BLAS to another machine's kernels.
  delete env["OPENBLAS_CORETYPE"];
  delete env["OPENBLAS_L2_SIZE"];
  const { status, stdout, stderr } = spawnSync(interpreter, [script, task], {
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`implicit failed: ${stderr}`);
  const read = (name: string): Float32Array =>
    new Float32Array(Uint8Array.from(readFileSync(join(scratch, name))).buffer);
  return {
    ...(JSON.parse(stdout) as Pick<Fit, "seconds">),
    users: read("users"),
    items: read("items"),
  };
}

/** Prints the quality of both on the test rows, and the paired interval of the difference. */
async function judge(ours: Fit, theirs: Fit | undefined): Promise<void> {
  const kernels = await openKernels({ wasm, threads: 2 });
  const scorer = (name: string, { users, items }: Fit): Scorer => {
    const [x, y] = [matrixOf(users, history.users), matrixOf(items, history.items)];
    return {
      name,
      score(block, scores) {
        const mark = kernels.mark();
        const queries = kernels.matrix(block.length, x.columns);
        block.forEach((user, r) => {
          queries.values.set(subMatrix(x, 1, user).values, r * x.columns);
        });
        const out = {
          rows: block.length,
          columns: y.rows,
          values: scores.subarray(0, block.length * y.rows),
        };
        kernels.multiplyTransposed(out, queries, y);
        kernels.reset(mark);
      },
    };
  };
  const matrixOf = (values: Float32Array, rows: number): Matrix => {
    const matrix = kernels.matrix(rows, values.length / rows);
    matrix.values.set(values);
    return matrix;
  };
  const { scorers, differences } = await evaluateModel({
    dataset,
    model: scorer("ours", ours),
    baselines: theirs === undefined ? [] : [scorer("implicit", theirs)],
    config: EvaluationConfig.parse({}),
    kernels,
    signal: new AbortController().signal,
    report: () => undefined,
  });
  for (const metric of ["recall@20", "ndcg@20"] as const) {
    const values = scorers.map(
      ({ name, metrics }) => `${name} ${metrics[metric]!.value.toFixed(4)}`,
    );
    const lead = differences[0]?.metrics[metric];
    const interval = lead ? `; difference ${lead.low.toFixed(4)} to ${lead.high.toFixed(4)}` : "";
    console.log(`  ${metric}: ${values.join(", ")}${interval}`);
  }
  await kernels.close();
}

function best(seconds: readonly number[]): number {
  return Math.min(...seconds);
}

function times(seconds: readonly number[]): string {
  const median = seconds.toSorted((a, b) => a - b)[seconds.length >> 1]!;
  return `${best(seconds).toFixed(3)} (${median.toFixed(3)}) s`;
}
