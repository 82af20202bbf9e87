import { createHash } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { trainStage } from "../../src/core/index.ts";
import { PART } from "../../src/schema/index.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/storage/index.ts";
import { smallShop, type SmallShop } from "../core/small-shop.ts";

const INTERACTIONS = "processed_data/collected/interactions.safetensors";
let shop: SmallShop;
let collected: Uint8Array;

beforeAll(async () => {
  shop = await smallShop();
  collected = Uint8Array.from(await shop.bucket.read(INTERACTIONS));
});
afterAll(() => shop.remove());

/** What training makes when every row of a part is about the next item instead. */
async function trainedWith(part: keyof typeof PART | undefined): Promise<string> {
  const tensors = decodeSafetensors(Uint8Array.from(collected));
  const items = tensors["item"]!.values;
  const count = Math.max(...items) + 1;
  tensors["part"]!.values.forEach((one, row) => {
    if (part !== undefined && one === PART[part]) items[row] = (items[row]! + 1) % count;
  });
  await shop.bucket.write(INTERACTIONS, Buffer.concat(encodeSafetensors(tensors)));
  const execution = `without-${part ?? "change"}`;
  await trainStage(shop.bucket, shop.run({ execution }));
  const hash = createHash("sha256");
  for (const file of ["evaluated.safetensors", "model.json"]) {
    hash.update(await shop.bucket.read(`model/${execution}/${file}`));
  }
  return hash.digest("hex");
}

test("Q59 Q61 test rows are never trained on: other test rows give the same weights, settings and calibration, to the byte", async () => {
  const undisturbed = await trainedWith(undefined);
  expect(await trainedWith("test")).toBe(undisturbed);
  expect(await trainedWith("validation")).not.toBe(undisturbed);
  expect(await trainedWith("train")).not.toBe(undisturbed);
});
