/**
 * The dashboard on a large shop: seconds and memory of summing it up, then every KPI's answers when warm.
 *
 * `node bench/dashboard.ts [ROWS] [BUCKET]`; 10,000,000 rows of 500,000 users and 100,000 items by default, other sizes in
 * proportion. BUCKET names a bucket that an earlier run left, whose `kpi/bench` is asked as it is. Needs some 3 GB in the
 * temporary folder. Answers are asked in a process of its own, as the panel's server is one. Fails above 500 ms at the
 * 95th percentile of a KPI, 1 s for the first answers of all of them, or 700 MB.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { collectStage } from "../src/collector/index.ts";
import { measureStage } from "../src/kpi/index.ts";
import { RecSysConfig, type StageRun } from "../src/schema/index.ts";
import { writeSampleShop } from "../src/sample/index.ts";
import { folderBucket, publish } from "../src/storage/index.ts";

const interactions = Number(process.argv[2] ?? 10_000_000);
const given = process.argv[3];
const folder = given ?? mkdtempSync(join(tmpdir(), "recsys-dashboard-bench-"));
const bucket = folderBucket(folder, "shop");
try {
  if (given === undefined) await makeShop();
  await publish(bucket, "kpi", "bench");
  const questions = fileURLToPath(new URL("./dashboard-questions.ts", import.meta.url));
  process.exitCode =
    spawnSync(process.execPath, [questions, folder], { stdio: "inherit" }).status ?? 1;
} finally {
  if (given === undefined) rmSync(folder, { recursive: true, force: true });
}

async function makeShop(): Promise<void> {
  const raw = join(folder, "shop", "raw_data");
  mkdirSync(raw, { recursive: true });
  await writeSampleShop(raw, {
    users: Math.ceil(interactions / 20),
    items: Math.ceil(interactions / 100),
    interactions,
  });
  await collectStage(bucket, stageRun());
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  await measureStage(bucket, stageRun());
  const seconds = (performance.now() - start) / 1000;
  const after = process.resourceUsage().maxRSS;
  console.log(
    `measure: ${interactions} rows in ${seconds.toFixed(1)} s; peak memory ${(after / 1024).toFixed(0)} MiB ` +
      `(${(before / 1024).toFixed(0)} MiB after the collector, in the same process)`,
  );
}

function stageRun(): StageRun {
  return {
    execution: "bench",
    startedAtSeconds: 1_800_000_000,
    config: RecSysConfig.parse({}),
    inputs: {},
    shard: { index: 0, count: 1 },
    signal: new AbortController().signal,
    report: () => undefined,
    scratchFolder: mkdtempSync(join(folder, "scratch-")),
  };
}
