import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { collectStage } from "../../src/collector/index.ts";
import { type SampleOptions, type ShopOptions, writeSampleShop } from "../../src/sample/index.ts";
import { RAW_FOLDER, RecSysConfig, type StageRun } from "../../src/schema/index.ts";
import { type Bucket, folderBucket } from "../../src/storage/index.ts";

/** A collected sample shop in a folder of its own, and the runs of stages over it. */
export interface SmallShop {
  readonly bucket: Bucket;
  /** The folder on disk that the bucket's paths begin in. */
  readonly folder: string;
  /** Collects the raw files as they are now. */
  collect(execution: string): Promise<void>;
  /** A stage's run; the execution defaults to "core". */
  run(changes?: Partial<StageRun> & { readonly settings?: object }): StageRun;
  remove(): Promise<void>;
}

const SETTINGS = {
  training: { embeddingSize: 16, maxEpochs: 2 },
  evaluation: { bootstrapSamples: 100 },
};

/** Draws a shop of 120 users and 80 items, and collects it as "collected". */
export async function smallShop(
  options: SampleOptions = {},
  ratings: ShopOptions["ratings"] = "implicit",
): Promise<SmallShop> {
  const folder = await mkdtemp(join(tmpdir(), "recsys-core-"));
  const scratchFolder = join(folder, "scratch");
  const bucket = folderBucket(folder, "prefix");
  const run: SmallShop["run"] = ({ settings = {}, ...changes } = {}) => ({
    execution: "core",
    startedAtSeconds: 1_700_000_000,
    config: RecSysConfig.parse({ ...SETTINGS, ...settings }),
    inputs: { processed_data: "collected" },
    shard: { index: 0, count: 1 },
    threads: 2,
    signal: new AbortController().signal,
    report: () => undefined,
    scratchFolder,
    ...changes,
  });
  const collect: SmallShop["collect"] = async (execution) => {
    await rm(scratchFolder, { recursive: true, force: true });
    await mkdir(scratchFolder);
    await collectStage(bucket, run({ execution, inputs: {} }));
  };
  const size = { users: 120, items: 80, interactions: 3000, ratings };
  await writeSampleShop(join(folder, "prefix", RAW_FOLDER), size, options);
  await collect("collected");
  return {
    bucket,
    folder: join(folder, "prefix"),
    run,
    collect,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
