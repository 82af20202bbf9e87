import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { readDataset } from "../../../src/core/data/index.ts";
import type { ProcessedDataContent } from "../../../src/schema/index.ts";
import { ArtefactWriter, folderBucket, vector } from "../../../src/storage/index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recsys-dataset-"));
});
afterEach(() => rm(folder, { recursive: true }));

const content: ProcessedDataContent = {
  users: 2,
  items: 3,
  rows: 4,
  impressions: 0,
  rejectedRows: 0,
  hasTimestamps: true,
  hasSources: false,
  ratings: "explicit",
  positiveThreshold: 3.5,
  userIds: "number",
  itemIds: "string",
  split: "per-user",
  rowsByPart: { train: 2, validation: 1, test: 1 },
  itemTokens: 3,
  userTokens: 0,
  itemFeatures: [
    { name: "age", type: "int", treatment: "bins" },
    { name: "genre", type: "set", treatment: "token" },
  ],
  userFeatures: [],
};

async function write(items: Uint32Array): Promise<void> {
  const artefact = new ArtefactWriter(folderBucket(folder, "prefix"), "processed_data", "c1");
  await artefact.writeTensors("interactions.safetensors", {
    user_offsets: vector(Uint32Array.of(0, 3, 4)),
    item: vector(items),
    rating: vector(Float32Array.of(5, 3, 4, 1)),
    part: vector(Uint8Array.of(0, 0, 2, 1)),
    timestamp: vector(Float64Array.of(10, 20, 30, 1e9)),
  });
  await artefact.writeTensors("items.safetensors", {
    token_offsets: vector(Uint32Array.of(0, 2, 2, 3)),
    tokens: vector(Uint32Array.of(0, 2, 1)),
    numbers: { shape: [3, 1], values: Float32Array.of(-1, NaN, 1) },
  });
  await artefact.writeTensors("users.safetensors", {
    token_offsets: vector(new Uint32Array(3)),
    tokens: vector(new Uint32Array(0)),
    numbers: { shape: [2, 0], values: new Float32Array(0) },
  });
  const token = (feature: string, value: string) => ({ feature, value, count: 1 });
  await artefact.write(
    "vocabulary.json",
    JSON.stringify({
      items: [token("genre", "Comedy"), token("genre", "War"), token("age", "0")],
      users: [],
    }),
  );
  await artefact.finish({ createdAtSeconds: 0, inputs: {}, content });
}

test("Q59 processed data comes back as it was written, tokens with the column they belong to", async () => {
  await write(Uint32Array.of(2, 0, 1, 1));
  const dataset = await readDataset(folderBucket(folder, "prefix"), "c1");
  expect(dataset).toMatchObject({ users: 2, items: 3, rows: 4, ratings: "explicit" });
  expect(dataset.positiveThreshold).toBe(3.5);
  expect([...dataset.item]).toEqual([2, 0, 1, 1]);
  expect([...dataset.timestamp!]).toEqual([10, 20, 30, 1e9]);
  expect([...dataset.itemTokens.featureOf]).toEqual([1, 1, 0]);
  expect([...dataset.itemTokens.tokens]).toEqual([0, 2, 1]);
  expect(dataset.itemNumbers).toEqual({ columns: 1, values: Float32Array.of(-1, NaN, 1) });
  expect(dataset.userNumbers.columns).toBe(0);
});

test("a file that is too short is refused by name", async () => {
  await write(Uint32Array.of(2, 0, 1));
  await expect(readDataset(folderBucket(folder, "prefix"), "c1")).rejects.toThrow(
    'processed_data needs 4 of Uint32Array as "item", got 3 of Uint32Array',
  );
});
