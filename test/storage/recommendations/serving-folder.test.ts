import { expect, test } from "vitest";

import { openServingFolder, readPointer } from "../../../src/storage/index.ts";
import { serveShop, type Shop } from "../../responder/shop.ts";
import { temporaryBucket } from "../temporary-folder.ts";

const stage = "batch_transform_inference_output";
const shop: Shop = { users: { 1: {}, 2: {} }, items: { 7: { age: 1 } } };

async function served(part: Shop = shop) {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", part);
  return { bucket, pointer: (await readPointer(bucket, stage))! };
}

test("a serving folder opens with what its manifest promises", async () => {
  const { bucket, pointer } = await served();
  const folder = await openServingFolder(bucket, pointer);
  expect(folder).toMatchObject({ execution: "core-1", content: { users: 2, items: 1, kMax: 10 } });
  expect(folder.users.indexOf("2")).toBe(1);
  expect(textOf(folder.items.texts.bytes)).toMatch(/^,\{"item_id":7,"age":1\}/);
  expect(textOf(folder.users.texts.bytes)).toMatch(/^,\{"user_id":1\},\{"user_id":2\}/);
  await folder.close();
});

test("a manifest other than the pointer's is refused", async () => {
  const { bucket, pointer } = await served();
  const other = { ...pointer, manifestSha256: "0".repeat(64) };
  await expect(openServingFolder(bucket, other)).rejects.toThrow("the pointer names 0000");
});

test("a file whose size is not the manifest's is refused by name", async () => {
  const { bucket, pointer } = await served();
  const path = `${stage}/core-1/users.index`;
  await bucket.write(path, (await bucket.read(path)).subarray(0, -1));
  await expect(openServingFolder(bucket, pointer)).rejects.toThrow(/users\.index has \d+ bytes/);
});

test("ids that are no numbers under a manifest that says so are refused", async () => {
  const { bucket, pointer } = await served({ users: { a: {} }, items: { 7: {} } });
  await expect(openServingFolder(bucket, pointer)).rejects.toThrow("ids that are no numbers");
});

function textOf({ buffer, byteOffset, byteLength }: DataView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString();
}
