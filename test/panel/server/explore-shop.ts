import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { executeWorkflow, rollback } from "../../../src/recipe/index.ts";
import { writeSampleShop } from "../../../src/sample/index.ts";
import { RecSysConfig, type Vocabulary } from "../../../src/schema/index.ts";
import { type Bucket, decodeSafetensors, folderBucket } from "../../../src/storage/index.ts";

export const [USERS, ITEMS, STORED] = [120, 70, 12];

/** A row of `user_item_interactions.csv`. */
export interface Row {
  readonly user: string;
  readonly item: string;
  readonly source: string;
  readonly timestamp: number;
}

/**
 * A small sample shop, collected, trained and served with short lists by `core-1`; `core-2` has the same model's lists at
 * full length, as the CSV that people are given.
 */
export async function makeExploreShop() {
  const folder = mkdtempSync(join(tmpdir(), "recsys-explore-"));
  const raw = join(folder, "raw");
  await writeSampleShop(raw, { users: USERS, items: ITEMS, interactions: 3000 });
  const settings = (kMax: number) =>
    RecSysConfig.parse({
      training: { embeddingSize: 16, maxEpochs: 3 },
      evaluation: { gate: { threshold: 0, compareWithServed: false } },
      transform: { kMax },
    });
  const config = settings(STORED);
  const bucket = folderBucket(join(folder, "bucket"), config.bucketPrefix);
  for (const name of [
    "user_item_interactions.csv",
    "item_features.csv",
    "item_features_description.json",
  ]) {
    await bucket.upload(`raw_data/${name}`, join(raw, name));
  }
  const execute = async (
    workflow: "collector" | "core",
    name: string,
    more: { readonly config: RecSysConfig; readonly modelExecution?: string },
  ): Promise<void> => {
    const outcome = await executeWorkflow({ bucket, workflow, name, ...more });
    if (outcome.status !== "succeeded") throw new Error(JSON.stringify(outcome));
  };
  await execute("collector", "collector-1", { config });
  await execute("core", "core-1", { config });
  await execute("core", "core-2", { config: settings(ITEMS), modelExecution: "core-1" });
  await rollback(bucket);
  const rows = readFileSync(join(raw, "user_item_interactions.csv"), "utf8")
    .trim()
    .split("\n")
    .map((line): Row => {
      const [, user, item, , source, timestamp] = line.split(",");
      return { user: user!, item: item!, source: source!, timestamp: Number(timestamp) };
    });
  return {
    bucket,
    rows,
    vectors: await plainVectors(bucket),
    end: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `user → items` of a CSV of an execution, best first, with their probabilities. */
export async function listsOf(
  bucket: Bucket,
  execution: string,
  name: string,
): Promise<ReadonlyMap<string, (readonly [id: string, probability: number])[]>> {
  const path = `batch_transform_inference_output/${execution}/${name}`;
  const text = Buffer.from(await bucket.read(path)).toString("utf8");
  const lists = new Map<string, (readonly [string, number])[]>();
  for (const line of text.trim().split("\n").slice(1)) {
    const [key, , id, probability] = line.split(",");
    lists.set(key!, [...(lists.get(key!) ?? []), [id!, Number(probability)]]);
  }
  return lists;
}

/** Of each item the cosine with another, and the names of its feature values, by the definitions and whole tables. */
async function plainVectors(bucket: Bucket) {
  const weights = decodeSafetensors(await bucket.read("model/core-1/served.safetensors"));
  const items = decodeSafetensors(
    await bucket.read("processed_data/collector-1/items.safetensors"),
  );
  const vocabulary = JSON.parse(
    Buffer.from(await bucket.read("processed_data/collector-1/vocabulary.json")).toString("utf8"),
  ) as Vocabulary;
  const size = weights["item.id"]!.shape[1]!;
  const row = (name: string, at: number): number[] => [
    ...weights[name]!.values.slice(at * size, (at + 1) * size),
  ];
  const [offsets, tokens] = [items["token_offsets"]!.values, items["tokens"]!.values];
  const tokensOf = (item: number): number[] => [...tokens.slice(offsets[item], offsets[item + 1])];
  const vectors = Array.from({ length: ITEMS }, (_, item) => {
    const own = tokensOf(item);
    const rows = own.map((token) => row("item.token", token));
    const x = row("item.id", item).map((value, d) =>
      rows.reduce((sum, token) => sum + token[d]! / Math.sqrt(own.length), value),
    );
    const length = Math.hypot(...x);
    return x.map((value) => value / length);
  });
  return {
    /** Items of the sample shop are 1, 2, 3, …, in this order. */
    cosine: (a: string, b: string): number =>
      vectors[Number(a) - 1]!.reduce(
        (sum, value, d) => sum + value * vectors[Number(b) - 1]![d]!,
        0,
      ),
    valuesOf: (item: string): string[] =>
      tokensOf(Number(item) - 1).map((token) => {
        const { feature, value } = vocabulary.items[token]!;
        return `${feature}: ${value}`;
      }),
  };
}
