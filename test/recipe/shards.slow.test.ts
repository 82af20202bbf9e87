import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { executeWorkflow } from "../../src/recipe/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { RAW_FOLDER, RecSysConfig, type StageFolder } from "../../src/schema/index.ts";
import { folderBucket, readManifest } from "../../src/storage/index.ts";

const PREFIX = "shop";

test("collector and core on three instances, each a process, make the bytes of one instance", async () => {
  const folder = mkdtempSync(join(tmpdir(), "recsys-shards-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const bucket = folderBucket(folder, PREFIX);
  const size = { users: 200, items: 80, interactions: 4000 };
  await writeSampleShop(join(folder, PREFIX, RAW_FOLDER), size);

  /** Both workflows; the sums of what they made. */
  const made = async (count: number): Promise<object> => {
    const instance = { instanceCount: count };
    const config = RecSysConfig.parse({
      bucketPrefix: PREFIX,
      training: { maxEpochs: 2, embeddingSize: 16 },
      evaluation: { bootstrapSamples: 100, gate: { compareWithServed: false } },
      instances: { collector: instance, evaluation: instance, transform: instance },
    });
    const name = `on-${String(count)}`;
    for (const workflow of ["collector", "core"] as const) {
      const outcome = await executeWorkflow({ bucket, workflow, name, config });
      expect(outcome).toMatchObject({ status: "succeeded" });
    }
    const files = async (stage: StageFolder): Promise<object> => {
      const { files: all } = await readManifest(bucket, stage, name);
      // The page names its execution.
      return Object.fromEntries(Object.entries(all).filter(([file]) => !file.endsWith(".html")));
    };
    expect((await bucket.list(`processed_data/${name}/shards/`)).length).toBe(0);
    return {
      data: await files("processed_data"),
      evaluation: await files("evaluation"),
      serving: await files("batch_transform_inference_output"),
    };
  };
  expect(await made(3)).toEqual(await made(1));
}, 600_000);
