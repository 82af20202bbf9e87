import { createHash } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { refitStage, trainStage } from "../../../src/core/index.ts";
import { type Bucket, ObjectNotFoundError } from "../../../src/storage/index.ts";
import { smallShop, type SmallShop } from "../small-shop.ts";

let shop: SmallShop;
beforeAll(async () => {
  shop = await smallShop();
  await trainStage(shop.bucket, shop.run({ execution: "undisturbed" }));
});
afterAll(() => shop.remove());

const FILES = ["evaluated.safetensors", "model.json"];

async function hashes(bucket: Bucket, execution: string): Promise<readonly string[]> {
  const bytes = await Promise.all(FILES.map((file) => bucket.read(`model/${execution}/${file}`)));
  return bytes.map((content) => createHash("sha256").update(content).digest("hex"));
}

test("training twice with one seed gives the same bytes", async () => {
  await trainStage(shop.bucket, shop.run({ execution: "again" }));
  expect(await hashes(shop.bucket, "again")).toEqual(await hashes(shop.bucket, "undisturbed"));
});

test("another seed gives another model", async () => {
  const settings = { training: { embeddingSize: 16, maxEpochs: 2, seed: 1 } };
  await trainStage(shop.bucket, shop.run({ execution: "seed-1", settings }));
  expect(await hashes(shop.bucket, "seed-1")).not.toEqual(await hashes(shop.bucket, "undisturbed"));
});

test("one thread and three give the same bytes", async () => {
  for (const threads of [1, 3]) {
    const execution = `threads-${String(threads)}`;
    await trainStage(shop.bucket, shop.run({ execution, threads }));
    expect(await hashes(shop.bucket, execution)).toEqual(await hashes(shop.bucket, "undisturbed"));
  }
});

test("a training stopped again and again resumes from its checkpoints and ends with the same bytes", async () => {
  const stops = [3, 8, 14, 21];
  for (const stop of stops) {
    const stopped = new AbortController();
    let reports = 0;
    const report = (): void => {
      if (++reports === stop) stopped.abort(new Error("stopped by the test"));
    };
    const run = shop.run({ execution: "stopped", signal: stopped.signal, report });
    await trainStage(shop.bucket, run).catch((error: unknown) => {
      expect(error).toBe(stopped.signal.reason);
    });
  }
  await trainStage(shop.bucket, shop.run({ execution: "stopped" }));
  expect(await hashes(shop.bucket, "stopped")).toEqual(await hashes(shop.bucket, "undisturbed"));
});

test("Q48 the refit adds the served weights, what their rows stand for and the manifest, and leaves no checkpoint", async () => {
  await expect(shop.bucket.read("model/undisturbed/manifest.json")).rejects.toThrow(
    ObjectNotFoundError,
  );
  await refitStage(shop.bucket, shop.run({ execution: "undisturbed" }));
  const paths = (await shop.bucket.list("model/undisturbed/")).map(({ path }) =>
    path.split("/").at(-1),
  );
  expect(paths).toEqual([
    "evaluated.safetensors",
    "items.safetensors",
    "manifest.json",
    "model.json",
    "served.safetensors",
    "vocabulary.json",
  ]);
});
