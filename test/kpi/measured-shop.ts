import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import { collectStage } from "../../src/collector/index.ts";
import { type Dashboard, measureStage, openDashboard } from "../../src/kpi/index.ts";
import { RecSysConfig, type StageRun } from "../../src/schema/index.ts";
import { type Bucket, folderBucket, publish } from "../../src/storage/index.ts";

/** A bucket that a test fills, and its dashboard. */
export interface MeasuredShop {
  readonly bucket: Bucket;
  readonly folder: string;
  readonly dashboard: Dashboard;
  /** What the dashboard has made on the local disk. */
  readonly scratchFiles: () => string[];
  /** Collects raw files, measures and publishes them. */
  readonly measure: (files: Readonly<Record<string, string>>, execution?: string) => Promise<void>;
  /** Only measures and publishes again. */
  readonly measureAgain: (execution: string) => Promise<void>;
}

/** An empty bucket, gone after the test. */
export async function measuredShop(settings: object = {}): Promise<MeasuredShop> {
  const folder = mkdtempSync(join(tmpdir(), "recsys-kpi-"));
  const bucket = folderBucket(folder, "shop");
  const scratch = (): string => mkdtempSync(join(folder, "scratch-"));
  const scratchFolder = scratch();
  const dashboard = await openDashboard(bucket, { scratchFolder });
  onTestFinished(async () => {
    await dashboard.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (execution: string): StageRun => ({
    execution,
    startedAtSeconds: 1_800_000_000,
    config: RecSysConfig.parse(settings),
    inputs: {},
    shard: { index: 0, count: 1 },
    threads: 2,
    signal: new AbortController().signal,
    report: () => undefined,
    scratchFolder: scratch(),
  });
  const measureAgain = async (execution: string): Promise<void> => {
    await measureStage(bucket, run(execution));
    await publish(bucket, "kpi", execution);
  };
  return {
    bucket,
    folder,
    dashboard,
    scratchFiles: () => readdirSync(scratchFolder),
    measureAgain,
    measure: async (files, execution = "one") => {
      const raw = join(folder, "shop", "raw_data");
      rmSync(raw, { recursive: true, force: true });
      mkdirSync(raw, { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(raw, name), text);
      await collectStage(bucket, run(execution));
      await measureAgain(execution);
    },
  };
}
