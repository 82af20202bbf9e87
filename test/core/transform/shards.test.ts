import { afterAll, beforeAll, expect, test } from "vitest";

import { mergeStage, refitStage, trainStage, transformStage } from "../../../src/core/index.ts";
import { openIndex, readManifest } from "../../../src/storage/index.ts";
import { smallShop, type SmallShop } from "../small-shop.ts";

const SERVING = "batch_transform_inference_output";
const K = 10;
let shop: SmallShop;

beforeAll(async () => {
  shop = await smallShop();
  await trainStage(shop.bucket, shop.run());
  await refitStage(shop.bucket, shop.run());
  for (const count of [1, 2, 4]) await transform(count);
});
afterAll(() => shop.remove());

/** Transforms with the core execution's model as the execution "shards-N". */
async function transform(count: number): Promise<void> {
  const settings = { transform: { kMax: K }, instances: { transform: { instanceCount: count } } };
  const execution = `shards-${String(count)}`;
  const inputs = { processed_data: "collected", model: "core" };
  for (let index = 0; index < count; index++) {
    await transformStage(
      shop.bucket,
      shop.run({ execution, inputs, settings, shard: { index, count } }),
    );
  }
  await mergeStage(shop.bucket, shop.run({ execution, inputs, settings }));
}

test("Q63 A32 any number of shards gives the same bytes of every file", async () => {
  const one = await readManifest(shop.bucket, SERVING, "shards-1");
  expect(Object.keys(one.files)).toContain("users.index");
  for (const execution of ["shards-2", "shards-4"]) {
    const { files, content } = await readManifest(shop.bucket, SERVING, execution);
    expect(files).toEqual(one.files);
    expect(content).toEqual(one.content);
  }
});

test("A31 the merge leaves no shard behind", async () => {
  expect(await shop.bucket.list(`${SERVING}/shards-4/shards/`)).toEqual([]);
});

test("a merge that was killed after its manifest is done again in no time and changes nothing", async () => {
  const before = await readManifest(shop.bucket, SERVING, "shards-2");
  const settings = { transform: { kMax: K }, instances: { transform: { instanceCount: 2 } } };
  await mergeStage(shop.bucket, shop.run({ execution: "shards-2", settings }));
  expect(await readManifest(shop.bucket, SERVING, "shards-2")).toEqual(before);
});

test("Q63 both directions tell the same probability of a pair", async () => {
  const users = await openIndex(shop.bucket, `${SERVING}/shards-1/users.index`);
  const items = await openIndex(shop.bucket, `${SERVING}/shards-1/items.index`);
  let pairs = 0;
  for (let item = 0; item < items.rows; item++) {
    const ofItem = await items.readList(item, 0, K);
    for (let rank = 0; rank < ofItem.count; rank++) {
      const user = ofItem.indices[rank]!;
      const ofUser = await users.readList(user + 1, 0, K);
      const place = ofUser.indices.subarray(0, ofUser.count).indexOf(item);
      if (place < 0) continue;
      expect(ofUser.probabilities[place]).toBe(ofItem.probabilities[rank]);
      pairs++;
    }
  }
  expect(pairs).toBeGreaterThan(50);
  await users.close();
  await items.close();
});
