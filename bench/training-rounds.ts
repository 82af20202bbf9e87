/**
 * Does a fit that several instances share in rounds rank as well as one that one instance fits alone?
 *
 * `node bench/training-rounds.ts DIR [INSTANCES…]`; DIR holds raw files, whose latest rows per user are the test rows.
 * Settings are found once; then the fit on training and validation rows is made by 1 and by each number of instances (2 and 4),
 * one instance after the other in this process, and every fit is compared with the first, user by user.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { collectStage } from "../src/collector/index.ts";
import { readDataset } from "../src/core/index.ts";
import type { Scorer } from "../src/core/data/index.ts";
import { evaluateModel } from "../src/core/evaluate/index.ts";
import { ModelScorer } from "../src/core/model/model-scorer.ts";
import { forgetUntrained, initialParameters } from "../src/core/model/parameters.ts";
import { openCoreKernels } from "../src/core/open-kernels.ts";
import { averageRound } from "../src/core/train/average.ts";
import { threadsFor } from "../src/core/threads.ts";
import { noCheckpoints, restore } from "../src/core/train/checkpoint.ts";
import { finalFit, shapeOf } from "../src/core/train/final-fit.ts";
import { fitRound } from "../src/core/train/round-fit.ts";
import { fitData, tune } from "../src/core/train/tune.ts";
import { PART, RAW_FILES, RAW_FOLDER, RecSysConfig } from "../src/schema/index.ts";
import { folderBucket, type Tensors } from "../src/storage/index.ts";

const [folder, ...given] = process.argv.slice(2);
if (folder === undefined) throw new Error("name a folder with raw files");
const counts = given.length === 0 ? [2, 4] : given.map(Number);
const config = RecSysConfig.parse({});
const run = {
  signal: new AbortController().signal,
  report: () => undefined,
  checkpoints: noCheckpoints,
};

const dataset = await collected(folder);
const kernels = await openCoreKernels(threadsFor(config.training));
const { settings } = await timed("tune", () => tune(kernels, dataset, config.training, run));
const data = fitData(dataset, [PART.train, PART.validation], true);
const { rounds } = config.training;
console.log(`${settings.history}, ${settings.epochs} epochs, ${rounds} rounds`);

const scorers: Scorer[] = [];
const alone = await timed("1 instance", () => finalFit(kernels, data, settings, "alone", run));
scorers.push(new ModelScorer(kernels, alone, data.train, { name: "1 instance" }));
for (const count of counts) {
  const name = `${count} instances`;
  const parameters = initialParameters(kernels, shapeOf(data, settings), settings.seed);
  restore(parameters, await timed(name, () => inRounds(count)), "");
  const model = { ...alone, parameters: forgetUntrained(parameters) };
  scorers.push(new ModelScorer(kernels, model, data.train, { name }));
}
const [model, ...baselines] = scorers;
const evaluation = await evaluateModel({
  dataset,
  model: model!,
  baselines,
  config: config.evaluation,
  kernels,
  ...run,
});
for (const { name, metrics } of evaluation.scorers) {
  const lead = evaluation.differences.find(({ against }) => against === name)?.metrics["ndcg@10"];
  const against = lead === undefined ? "" : `, 1 instance is ahead by ${range(lead)}`;
  console.log(`${name.padEnd(12)} NDCG@10 ${range(metrics["ndcg@10"]!)}${against}`);
}
await kernels.close();

/** The rounds of a fit, as the workflow's jobs make them. */
async function inRounds(count: number): Promise<Tensors> {
  let average: Tensors | undefined;
  for (let index = 0; index < rounds; index++) {
    const before = average;
    const after = Array.from({ length: count }, (_, shard) => {
      const mark = kernels.mark();
      const round = { index, count: rounds };
      const tensors = fitRound(
        kernels,
        data,
        settings,
        round,
        { index: shard, count },
        before,
        run,
      );
      kernels.reset(mark);
      return tensors;
    });
    average = await averageRound(before && readable(before), after.map(readable));
  }
  return average!;
}

function readable(tensors: Tensors) {
  return {
    names: Object.keys(tensors),
    read: (name: string) => Promise.resolve(tensors[name]!),
  };
}

async function collected(raw: string) {
  const scratchFolder = await mkdtemp(join(tmpdir(), "recsys-rounds-"));
  try {
    const bucket = folderBucket(scratchFolder, "bucket");
    const known = new Set<string>(Object.values(RAW_FILES));
    for (const file of await readdir(raw)) {
      if (known.has(file)) await bucket.upload(`${RAW_FOLDER}/${file}`, join(raw, file));
    }
    const startedAtSeconds = Math.floor(Date.now() / 1000);
    const shard = { index: 0, count: 1 };
    const stage = {
      execution: "bench",
      startedAtSeconds,
      config,
      inputs: {},
      shard,
      threads: 2,
      scratchFolder,
    };
    await collectStage(bucket, { ...stage, ...run });
    return await readDataset(bucket, "bench");
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

function range({ value, low, high }: { value: number; low: number; high: number }): string {
  return `${value.toFixed(4)} (${low.toFixed(4)} … ${high.toFixed(4)})`;
}
