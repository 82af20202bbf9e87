/**
 * What a fit, the evaluation and the transform take on 1, 2, 4 … worker threads of one machine, and whether they make the same bytes.
 *
 * `node bench/threads.ts BUCKET [THREADS…]`; BUCKET is a folder in which `recsys execute collector --name data` has been. The
 * model is trained once, in a shortened search; numbers of threads are 1, 2, 4 … up to the machine's processors by default.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";

import { evaluateStage, refitStage, trainStage, transformStage } from "../src/core/index.ts";
import { RecSysConfig, type StageRun } from "../src/schema/index.ts";
import { folderBucket } from "../src/storage/index.ts";

const [folder, ...given] = process.argv.slice(2);
if (folder === undefined) throw new Error("name a folder in which the collector has been");
const bucket = folderBucket(folder, "");
const processors = availableParallelism();
const counts = given.length > 0 ? given.map(Number) : powersOfTwo(processors);
console.log(`${cpus()[0]?.model ?? "?"}, ${processors} processors`);

const EXECUTION = "threads";
const scratchFolder = mkdtempSync(join(tmpdir(), "recsys-threads-bench-"));
const stages = { Refit: refitStage, Evaluate: evaluateStage, Transform: transformStage };
const alone: Record<string, number> = {};
const sums = new Set<string>();
try {
  console.log(`Train on ${processors}: ${(await seconds(trainStage, processors)).toFixed(1)} s`);
  for (const threads of counts) {
    const cells: string[] = [];
    for (const [name, stage] of Object.entries(stages)) {
      const spent = await seconds(stage, threads);
      alone[name] ??= spent;
      cells.push(`${name} ${spent.toFixed(1)} s (${(alone[name] / spent).toFixed(2)}×)`);
    }
    sums.add(await sumOfAll());
    console.log(`${threads} threads: ${cells.join(", ")}`);
  }
  console.log(sums.size === 1 ? "the same bytes each time" : `${sums.size} different results`);
  if (sums.size > 1) process.exitCode = 1;
} finally {
  rmSync(scratchFolder, { recursive: true, force: true });
  for (const artefact of ["model", "evaluation", "recommendations"]) {
    await bucket.removeAll(`${artefact}/${EXECUTION}/`);
  }
}

async function seconds(
  stage: (in_: typeof bucket, run: StageRun) => Promise<unknown>,
  threads: number,
): Promise<number> {
  const start = performance.now();
  await stage(bucket, {
    execution: EXECUTION,
    startedAtSeconds: 1_700_000_000,
    config: RecSysConfig.parse({
      training: { budgetMinutes: 1 },
      evaluation: { gate: { compareWithServed: false } },
    }),
    inputs: { processed_data: "data" },
    shard: { index: 0, count: 1 },
    threads,
    signal: new AbortController().signal,
    report: () => undefined,
    scratchFolder,
  });
  return (performance.now() - start) / 1000;
}

/** Of weights, lists of the evaluation and scores; manifests tell the number of threads. */
async function sumOfAll(): Promise<string> {
  const hash = createHash("sha256");
  for (const artefact of ["model", "evaluation", "recommendations"]) {
    for (const { path } of await bucket.list(`${artefact}/${EXECUTION}/`)) {
      if (!path.endsWith("manifest.json")) hash.update(path).update(await bucket.read(path));
    }
  }
  return hash.digest("hex");
}

function powersOfTwo(most: number): readonly number[] {
  const powers: number[] = [];
  for (let threads = 1; threads <= most; threads *= 2) powers.push(threads);
  return powers;
}
