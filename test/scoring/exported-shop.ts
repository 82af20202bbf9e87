import { mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";

import { mergeStage, refitStage, trainStage, transformStage } from "../../src/core/index.ts";
import type { ShopOptions } from "../../src/sample/index.ts";
import { exportedFiles } from "../../src/scoring/index.ts";
import { smallShop, type SmallShop } from "../core/small-shop.ts";

const K_MAX = 20;

export interface ExportedShop extends SmallShop {
  /** The exported model. */
  readonly model: string;
  /** What the transform wrote: by file, its lines. */
  lines(file: string): Promise<readonly Record<string, unknown>[]>;
}

/** A small shop that was trained and transformed as "core", lists of 20, and its exported model. */
export async function exportedShop(ratings: ShopOptions["ratings"]): Promise<ExportedShop> {
  const shop = await smallShop({}, ratings);
  const run = shop.run({ settings: { transform: { kMax: K_MAX } } });
  for (const stage of [trainStage, refitStage, transformStage, mergeStage]) {
    await stage(shop.bucket, run);
  }
  const model = join(shop.folder, "exported");
  const { transform } = run.config;
  const executions = { execution: "core", model: "core", data: "collected" };
  for (const file of await exportedFiles(shop.bucket, { ...executions, transform })) {
    const content = await file.open();
    mkdirSync(dirname(join(model, file.name)), { recursive: true });
    await writeFile(join(model, file.name), content);
  }
  return {
    ...shop,
    model,
    async lines(file) {
      const path = `batch_transform_inference_output/core/${file}`;
      const all = await text(await shop.bucket.stream(path));
      return all
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}
