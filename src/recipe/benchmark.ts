import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

import { collectStage } from "../collector/index.ts";
import {
  type Dataset,
  readDataset,
  runProtocol,
  threadsFor,
  withColdItems,
  withTestPairs,
} from "../core/index.ts";
import {
  BENCHMARK_METRICS,
  type BenchmarkResult,
  type CalibrationGroup,
  type Estimates,
  type Progress,
  RAW_FILES,
  RAW_FOLDER,
  type RecSysConfig,
} from "../schema/index.ts";
import { type Bucket, folderBucket } from "../storage/index.ts";
import { readTestPairs } from "./test-pairs.ts";

/** How a data set is divided; `auto` takes its `test.tsv` where it has one. */
export const PROTOCOLS = [
  "auto",
  "product",
  "leave-last-out",
  "global-time",
  "cold-items",
] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Share of the items that `cold-items` takes out of training. */
const COLD_SHARE = 0.2;
const EXECUTION = "benchmark";
const TEST_FILE = "test.tsv";

export interface BenchmarkOptions {
  /** Folder with the raw files and, for published splits, `test.tsv` (user, tab, item). */
  readonly folder: string;
  readonly protocol: Protocol;
  readonly config: RecSysConfig;
  readonly startedAtSeconds: number;
  /** An empty folder for what the run writes; it is not removed. */
  readonly scratchFolder: string;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** Collects, tunes, trains and evaluates in this process, and returns the figures. */
export async function runBenchmark(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { folder, signal, report } = options;
  const testFile = join(folder, TEST_FILE);
  const usesTestFile = options.protocol === "auto" && existsSync(testFile);
  const config: RecSysConfig = {
    ...options.config,
    collector: {
      ...options.config.collector,
      ...splitOf(options.protocol),
    },
  };
  const started = performance.now();
  const bucket = await collected(options, config);
  let dataset = await readDataset(bucket, EXECUTION);
  if (usesTestFile)
    dataset = withTestPairs(dataset, await readTestPairs(bucket, EXECUTION, testFile));
  const task: { dataset: Dataset; candidates?: Uint8Array } =
    options.protocol === "cold-items"
      ? withColdItems(dataset, COLD_SHARE, config.evaluation.seed)
      : { dataset };
  const collect = (performance.now() - started) / 1000;

  const { evaluation, seconds, baselineSeconds } = await runProtocol({
    ...task,
    config,
    signal,
    report,
  });
  const baselines = evaluation.scorers.filter(({ role }) => role === "baseline");
  const groups = evaluation.calibration?.groups;
  return {
    dataset: basename(resolve(folder)),
    protocol: usesTestFile ? TEST_FILE : options.protocol === "auto" ? "product" : options.protocol,
    model: metricsOf(evaluation.scorers.find(({ role }) => role === "model")!.metrics),
    baselines: Object.fromEntries(baselines.map(({ name, metrics }) => [name, metricsOf(metrics)])),
    differences: Object.fromEntries(
      evaluation.differences.map(({ against, metrics }) => [against, metricsOf(metrics)]),
    ),
    calibration: {
      all: figuresOf(groups?.all),
      low: figuresOf(groups?.low),
      middle: figuresOf(groups?.middle),
      high: figuresOf(groups?.high),
    },
    seconds: { collect, ...seconds },
    baselineSeconds,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** The protocols that are a split of the collector's. */
function splitOf(protocol: Protocol): Partial<RecSysConfig["collector"]> {
  return protocol === "leave-last-out" || protocol === "global-time" ? { split: protocol } : {};
}

/** A bucket in the scratch folder with the raw files collected. */
async function collected(options: BenchmarkOptions, config: RecSysConfig): Promise<Bucket> {
  const { folder, scratchFolder, startedAtSeconds, signal, report } = options;
  const bucket = folderBucket(scratchFolder, "bucket");
  const raw = new Set<string>(Object.values(RAW_FILES));
  for (const name of await readdir(folder)) {
    if (raw.has(name.replace(/\.gz$/, "")))
      await bucket.upload(`${RAW_FOLDER}/${name}`, join(folder, name));
  }
  const collectorScratch = join(scratchFolder, "collector");
  await mkdir(collectorScratch, { recursive: true });
  await collectStage(bucket, {
    execution: EXECUTION,
    startedAtSeconds,
    config,
    inputs: {},
    shard: { index: 0, count: 1 },
    threads: threadsFor(config.training),
    signal,
    report,
    scratchFolder: collectorScratch,
  });
  return bucket;
}

function metricsOf(estimates: Estimates): BenchmarkResult["model"] {
  return Object.fromEntries(
    BENCHMARK_METRICS.map((metric) => [metric, estimates[metric]!]),
  ) as BenchmarkResult["model"];
}

function figuresOf(
  group: CalibrationGroup | null | undefined,
): { predicted: number; observed: number } | null {
  return group ? { predicted: group.predicted, observed: group.observed } : null;
}
