import { afterAll, beforeAll, expect, test } from "vitest";

import {
  compareStage,
  evaluateStage,
  mergeStage,
  readEvaluation,
  refitStage,
  trainStage,
  transformStage,
} from "../../../src/core/index.ts";
import { readRankings, writeRankings } from "../../../src/core/evaluate/index.ts";
import type { RankedScorer } from "../../../src/core/evaluate/rank-held-out.ts";
import type { StageRun } from "../../../src/schema/index.ts";
import { ObjectNotFoundError, readManifest } from "../../../src/storage/index.ts";
import { smallShop, type SmallShop } from "../small-shop.ts";

let shop: SmallShop;

beforeAll(async () => {
  shop = await smallShop();
  const before = shop.run({ execution: "before", settings: { training: { embeddingSize: 8 } } });
  for (const stage of [trainStage, refitStage, transformStage, mergeStage]) {
    await stage(shop.bucket, before);
  }
  await trainStage(shop.bucket, shop.run());
}, 60_000);
afterAll(() => shop.remove());

/** The run of one shard of N; what is served has other settings, so that it is fitted as well. */
function shardRun(count: number, index = 0): StageRun {
  return shop.run({
    inputs: { processed_data: "collected", served: "before" },
    settings: { instances: { evaluation: { instanceCount: count } } },
    shard: { index, count },
    threads: 2,
  });
}

/** Evaluates the execution "core" in N shards; the files' digests, and what the manifest tells. */
async function evaluated(count: number) {
  await shop.bucket.removeAll("evaluation/core/");
  for (let index = 0; index < count; index++) {
    await evaluateStage(shop.bucket, shardRun(count, index));
  }
  const gate = await compareStage(shop.bucket, shardRun(count));
  const { files, content } = await readManifest(shop.bucket, "evaluation", "core");
  return { gate, files, content };
}

test("any number of shards gives the same bytes of every file, and the same verdict", async () => {
  const one = await evaluated(1);
  expect(Object.keys(one.files)).toEqual(["metrics.json", "report.html"]);
  const { scorers } = await readEvaluation(shop.bucket, "core");
  expect(scorers.map(({ role }) => role)).toContain("served");
  for (const count of [2, 5]) expect(await evaluated(count)).toEqual(one);
  expect(await shop.bucket.list("evaluation/core/shards/")).toEqual([]);
}, 60_000);

test("a shard that is run again after a kill changes nothing", async () => {
  const { files } = await readManifest(shop.bucket, "evaluation", "core");
  await shop.bucket.removeAll("evaluation/core/");
  for (const index of [2, 0, 0, 1]) await evaluateStage(shop.bucket, shardRun(3, index));
  await compareStage(shop.bucket, shardRun(3));
  expect((await readManifest(shop.bucket, "evaluation", "core")).files).toEqual(files);
}, 60_000);

test("a comparison that was killed after its manifest gives the same verdict and changes nothing", async () => {
  const before = await readManifest(shop.bucket, "evaluation", "core");
  await shop.bucket.write("evaluation/core/shards/0.safetensors", "left over");
  expect(await compareStage(shop.bucket, shardRun(2))).toEqual(
    (await readEvaluation(shop.bucket, "core")).gate,
  );
  expect(await readManifest(shop.bucket, "evaluation", "core")).toEqual(before);
  expect(await shop.bucket.list("evaluation/core/shards/")).toEqual([]);
});

test("shards without a user leave empty lists, which join with the others'", async () => {
  const list = (...items: number[]): RankedScorer => ({
    name: "by hand",
    role: "model",
    rankings: {
      k: 2,
      counts: Uint32Array.from(items, () => 1),
      items: Uint32Array.from(items.flatMap((item) => [item, 0])),
      scores: Float32Array.from(items.flatMap((item) => [item / 2, 0])),
      logSumExp: Float64Array.from(items, (item) => item / 3),
    },
  });
  for (const [shard, part] of [list(), list(7), list(), list(8, 9)].entries()) {
    await writeRankings(shop.bucket, "by-hand", shard, [part]);
  }
  expect(await readRankings(shop.bucket, "by-hand", 4)).toEqual([list(7, 8, 9)]);
});

test("a comparison without a shard's lists is refused", async () => {
  await shop.bucket.removeAll("evaluation/core/");
  await evaluateStage(shop.bucket, shardRun(2, 0));
  await expect(compareStage(shop.bucket, shardRun(2))).rejects.toThrow(ObjectNotFoundError);
});
