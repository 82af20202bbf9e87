/**
 * What collector and evaluation take in 1, 2 and 4 shards: every shard in a process of its own, one after the other, so
 * that the slowest one and the joining step are what as many machines would take.
 *
 * `node bench/shards.ts [ROWS] [--against CHECKOUT]`; a million rows by default. With a checkout of an older version, with its
 * packages installed, the single instance of the collector is measured there as well, in turn with this one's.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { writeSampleShop } from "../src/sample/index.ts";
import { RAW_FOLDER, RecSysConfig, type StageRun } from "../src/schema/index.ts";
import { type Bucket, folderBucket, readManifest } from "../src/storage/index.ts";

/** A stage as another process runs it. */
interface Job {
  readonly checkout: string;
  readonly module: "collector" | "core";
  readonly stage: string;
  readonly folder: string;
  readonly execution: string;
  readonly shard: StageRun["shard"];
}

interface Cost {
  readonly seconds: number;
  readonly peakBytes: number;
}

const HERE = new URL("..", import.meta.url).pathname;
const PREFIX = "shards";
const RUNS = 3;

if (process.argv[2] === "job") await runJob(JSON.parse(process.argv[3]!) as Job);
else await measure();

async function measure(): Promise<void> {
  const args = process.argv.slice(2);
  const against = args.indexOf("--against") < 0 ? undefined : args[args.indexOf("--against") + 1];
  const rows = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 1_000_000);
  const folder = mkdtempSync(join(tmpdir(), "recsys-shards-bench-"));
  const size = { users: Math.ceil(rows / 20), items: Math.ceil(rows / 100), interactions: rows };
  try {
    await writeSampleShop(join(folder, PREFIX, RAW_FOLDER), size);
    const whole = { index: 0, count: 1 };
    const bucket = folderBucket(folder, PREFIX);
    if (against !== undefined) compareVersions(folder, against);
    const collector = { checkout: HERE, module: "collector", folder, execution: "data" } as const;
    for (const count of [1, 2, 4]) {
      await bucket.removeAll("processed_data/");
      const shards = costs(count, (shard) => ({ ...collector, stage: "collectStage", shard }));
      const shard = { index: 0, count };
      const rest = count === 1 ? [] : [spend({ ...collector, stage: "assembleStage", shard })];
      await tell(bucket, "processed_data", "data", count, shards, rest);
    }
    const core = { checkout: HERE, module: "core", folder, execution: "core" } as const;
    spend({ ...core, stage: "trainStage", shard: whole });
    for (const count of [1, 2, 4]) {
      await bucket.removeAll("evaluation/");
      const shards = costs(count, (shard) => ({ ...core, stage: "evaluateStage", shard }));
      const rest = [spend({ ...core, stage: "compareStage", shard: { index: 0, count } })];
      await tell(bucket, "evaluation", "core", count, shards, rest);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The collector's single instance, this version's and another's in turn. */
function compareVersions(folder: string, against: string): void {
  const seconds: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    for (const [at, checkout] of [HERE, against].entries()) {
      const execution = `version-${at}-${run}`;
      const shard = { index: 0, count: 1 };
      const job = { checkout, module: "collector", folder, execution, shard } as const;
      seconds[at]!.push(spend({ ...job, stage: "collectStage" }).seconds);
    }
  }
  const [now, before] = seconds.map((times) => Math.min(...times));
  console.log(`single instance, best of ${RUNS}: ${(now! / before!).toFixed(3)} × ${against}'s`);
}

function costs(count: number, job: (shard: StageRun["shard"]) => Job): readonly Cost[] {
  return Array.from({ length: count }, (_, index) => spend(job({ index, count })));
}

/** Runs a job in a process of its own. */
function spend(job: Job): Cost {
  const { status, stdout } = spawnSync(
    process.execPath,
    [import.meta.filename, "job", JSON.stringify(job)],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], cwd: job.checkout },
  );
  if (status !== 0) throw new Error(`${job.stage} ended with ${status}`);
  return JSON.parse(stdout) as Cost;
}

async function tell(
  bucket: Bucket,
  stage: "processed_data" | "evaluation",
  execution: string,
  count: number,
  shards: readonly Cost[],
  rest: readonly Cost[],
): Promise<void> {
  const { files } = await readManifest(bucket, stage, execution);
  const sum = Object.values(files).map(({ sha256 }) => sha256.slice(0, 4));
  const words = ({ seconds, peakBytes }: Cost) =>
    `${seconds.toFixed(1)} s ${(peakBytes / 1e9).toFixed(2)} GB`;
  const longest = [shards, rest]
    .map((all) => Math.max(0, ...all.map(({ seconds }) => seconds)))
    .reduce((a, b) => a + b);
  console.log(
    `${stage} N=${count}: ${longest.toFixed(1)} s; shards ${shards.map(words).join(", ")}; join ${rest.map(words).join()}; ${sum.join("")}`,
  );
}

async function runJob(job: Job): Promise<void> {
  const path = join(job.checkout, "src", job.module, "index.ts");
  const stages = (await import(pathToFileURL(path).href)) as Record<
    string,
    (bucket: Bucket, run: StageRun) => Promise<unknown>
  >;
  const instance = { instanceCount: job.shard.count };
  const scratchFolder = mkdtempSync(join(job.folder, "scratch-"));
  const run: StageRun = {
    execution: job.execution,
    startedAtSeconds: 1_700_000_000,
    config: RecSysConfig.parse({
      training: { maxEpochs: 2, embeddingSize: 32 },
      instances: { collector: instance, evaluation: instance },
    }),
    inputs: job.module === "core" ? { processed_data: "data" } : {},
    shard: job.shard,
    threads: 2,
    signal: new AbortController().signal,
    report: () => undefined,
    scratchFolder,
  };
  const start = performance.now();
  await stages[job.stage]!(folderBucket(job.folder, PREFIX), run);
  const seconds = (performance.now() - start) / 1000;
  rmSync(scratchFolder, { recursive: true, force: true });
  console.log(JSON.stringify({ seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));
}
