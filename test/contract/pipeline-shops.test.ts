import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { describe, expect, onTestFinished, test } from "vitest";

import { writeSampleShop } from "../../src/sample/index.ts";
import {
  Evaluation,
  ProcessedDataContent,
  RAW_FILES,
  ServingContent,
} from "../../src/schema/index.ts";
import { readManifest, readPointer } from "../../src/storage/index.ts";
import { DOCUMENTED } from "../collector/shop.ts";
import { ask } from "../responder/responder.ts";
import { type PipelineShop, pipelineShop, QUICK, rowsOf, SERVING } from "./pipeline-shop.ts";

const SIZE = { users: 60, items: 30, interactions: 1000 };
type Answer = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** A shop that is gone after the test. */
function shopOf(settings: object = QUICK): PipelineShop {
  const shop = pipelineShop(settings);
  onTestFinished(() => {
    shop.remove();
  });
  return shop;
}

async function executeBoth(shop: PipelineShop): Promise<void> {
  for (const workflow of ["collector", "core"] as const) {
    const outcome = await shop.execute(workflow, `${workflow}-1`);
    expect(outcome).toMatchObject({ status: "succeeded" });
  }
}

async function collectedContent(shop: PipelineShop): Promise<ProcessedDataContent> {
  const { content } = await readManifest(shop.bucket, "processed_data", "collector-1");
  return ProcessedDataContent.parse(content);
}

/** Asks what is served now. */
async function answer(shop: PipelineShop, path: string, question: Record<string, string>) {
  const app = shop.responder();
  try {
    const response = await ask(app, path, question);
    expect(response.statusCode).toBe(200);
    expect(response.headers).not.toHaveProperty("x-recsys-cold");
    return response.json<Answer>();
  } finally {
    await app.close();
  }
}

/** Rewrites the rows of a shop's interactions. */
function rewrite(shop: PipelineShop, change: (cells: string[]) => string[]): string {
  const file = join(shop.raw, RAW_FILES.interactions);
  const text = rowsOf(file).map((cells) => `${change(cells).join(",")}\n`);
  writeFileSync(file, text.join(""));
  return text.join("");
}

test("Q3 A21 A23 a shop of explicit ratings goes the whole way, under a prefix of the owner's", async () => {
  const shop = shopOf({ ...QUICK, bucketPrefix: "my/Shop_1" });
  await writeSampleShop(shop.raw, { ...SIZE, ratings: "explicit" });
  await executeBoth(shop);
  expect(existsSync(join(shop.folder, "my", "Shop_1", SERVING, "current.json"))).toBe(true);
  expect(existsSync(join(shop.folder, "RecSys_Recipe_StepFunctions_CDK"))).toBe(false);

  const ratings = rowsOf(join(shop.raw, RAW_FILES.interactions)).map((row) => Number(row[3]));
  const median = ratings.sort((a, b) => a - b)[Math.floor(ratings.length / 2)];
  expect(await collectedContent(shop)).toMatchObject({
    ratings: "explicit",
    positiveThreshold: median,
  });
  const lists = await answer(shop, "item-to-user", { id_list: "10,20" });
  expect(Object.values(lists).map((list) => list.length)).toEqual([10, 10]);
});

test("Q17 Q18 Q20 Q22 gzip'd files without timestamps and sources go the whole way", async () => {
  const shop = shopOf();
  await writeSampleShop(shop.raw, SIZE);
  const text = rewrite(shop, (cells) => cells.slice(0, 4));
  const features = readFileSync(join(shop.raw, RAW_FILES.itemFeatures));
  for (const [name, bytes] of [
    [RAW_FILES.interactions, text],
    [RAW_FILES.itemFeatures, features],
  ] as const) {
    rmSync(join(shop.raw, name));
    writeFileSync(join(shop.raw, `${name}.gz`), gzipSync(bytes));
  }
  await executeBoth(shop);
  const content = await collectedContent(shop);
  expect(content).toMatchObject({ rows: 1000, hasTimestamps: false, hasSources: false });
  const { 10: list } = await answer(shop, "item-to-user", { id_list: "10" });
  expect(list).toHaveLength(10);
});

describe("A4 ids of every kind", () => {
  type Rename = (id: string) => string;
  const uuid: Rename = (id) => `00000000-0000-4000-8000-${id.padStart(12, "0")}`;
  const awkward: Rename = (id) => `é,"${id}`;
  const zeros: Rename = (id) => id.padStart(3, "0");
  const digits: Rename = (id) => id.padStart(20, "9");
  test.each<[string, Rename, Rename]>([
    ["UUIDs and words with commas, quotes and other letters than ASCII's", uuid, awkward],
    ["numbers with leading zeros and numbers of 20 digits", zeros, digits],
  ])("Q82 %s are strings from the raw file to the answer", async (_, userId, itemId) => {
    const shop = shopOf();
    await writeSampleShop(shop.raw, { ...SIZE, users: 30, interactions: 400 });
    const quoted = (id: string) => `"${id.replaceAll('"', '""')}"`;
    rewrite(shop, ([id, user, item, ...rest]) => [
      id!,
      quoted(userId(user!)),
      quoted(itemId(item!)),
      ...rest,
    ]);
    const features = join(shop.raw, RAW_FILES.itemFeatures);
    const renamed = readFileSync(features, "utf8").replaceAll(/^\d+/gm, (id) => quoted(itemId(id)));
    writeFileSync(features, renamed);
    await executeBoth(shop);

    const { content } = await readManifest(shop.bucket, SERVING, "core-1");
    expect(ServingContent.parse(content)).toMatchObject({ userIds: "string", itemIds: "string" });
    const numbers = Array.from({ length: 30 }, (_, i) => String(i + 1));
    const [users, items] = [numbers.map(userId), numbers.map(itemId)];
    const lists = await answer(shop, "item-to-user", { id_list: JSON.stringify(users.slice(8)) });
    expect(Object.keys(lists)).toEqual(users.slice(8));
    for (const { item_id } of Object.values(lists).flat()) expect(items).toContain(item_id);
    const back = await answer(shop, "user-to-item", { id_list: JSON.stringify(items.slice(8)) });
    expect(Object.keys(back)).toEqual(items.slice(8));
    for (const { user_id } of Object.values(back).flat()) expect(users).toContain(user_id);
    expect(Object.values(lists).every((list) => list.length === 10)).toBe(true);
  });
});

test("Q21 Q24 Q25 Q62 A3 A10 the documentation's seven rows are too few to judge a model: rejected, with the reason, not failed", async () => {
  const shop = shopOf({ training: QUICK.training });
  for (const [name, text] of Object.entries(DOCUMENTED)) {
    writeFileSync(join(shop.raw, name), text!);
  }
  expect(await shop.execute("collector", "collector-1")).toMatchObject({ status: "succeeded" });
  expect(await collectedContent(shop)).toMatchObject({ rows: 7, rejectedRows: 0 });
  const outcome = await shop.execute("core", "core-1");
  expect(outcome).toMatchObject({ status: "failed", state: "ModelRejected" });
  const file = await shop.bucket.read("evaluation/core-1/metrics.json");
  const { gate } = Evaluation.parse(JSON.parse(Buffer.from(file).toString("utf8")));
  expect(gate.reasons.join()).toContain("no user has a held-out relevant item");
  expect(await readPointer(shop.bucket, SERVING)).toBeUndefined();
});
