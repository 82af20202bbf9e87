import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DuckDBInstance } from "@duckdb/node-api";
import { onTestFinished } from "vitest";

import { collectStage } from "../../src/collector/index.ts";
import {
  type CollectorReport,
  ProcessedDataContent,
  RecSysConfig,
  type StageRun,
  Vocabulary,
} from "../../src/schema/index.ts";
import {
  type Bucket,
  decodeSafetensors,
  folderBucket,
  readManifest,
  type Tensors,
} from "../../src/storage/index.ts";

/** Raw files by name; `undefined` leaves one out. */
export type RawTexts = Readonly<Record<string, string | Uint8Array | undefined>>;

/** The documentation's own example (Q21, Q33, Q44). */
export const DOCUMENTED: RawTexts = {
  "user_item_interactions.csv": `5934cb55-fbbf-41f0-8923-dcc7bc6fa03a,2578,472,1,recsys,97830076
e2971648-45fa-4913-b5e6-88633cc12da4,54,189,1,search,97830196
2bc08c35-4b81-4631-9a82-70e71287a76d,4425,822,1,recsys,97830228
b8f82a63-b901-4d89-ad90-1597f51eeb29,3131,799,1,homepage,97830218
2a3c13f4-fcf9-43d6-8407-2a2da3ab3cc0,2176,2112,1,search,97830220
ce85dd47-49a2-48ad-9b40-b3a9180021f0,4318,2507,1,recsys,97882426
dd7c28da-fc31-448c-8054-fe97f04a44db,2312,3126,1,homepage,97830220
`,
  "item_features.csv": `472,Toy Story,26,"['Animation', ""Children's"", 'Comedy']"
189,Jumanji,26,"['Adventure', ""Children's"", 'Fantasy']"
822,Grumpier Old Men,26,"['Comedy', 'Romance']"
799,Waiting to Exhale,26,"['Comedy', 'Drama']"
2112,Father of the Bride Part II,26,['Comedy']
2507,Heat,26,"['Action', 'Crime', 'Thriller']"
3126,Sabrina,26,"['Comedy', 'Romance']"
`,
  "item_features_description.json": JSON.stringify({
    "0": { name: "item_id", type: "ID" },
    "1": { name: "name", type: "string" },
    "2": { name: "age", type: "int" },
    "3": { name: "genre", type: "set" },
  }),
};

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "recsys-collector-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A bucket with raw files in it. */
export function bucketWith(texts: RawTexts): { bucket: Bucket; folder: string } {
  const folder = temporaryFolder();
  const raw = join(folder, "shop", "raw_data");
  mkdirSync(raw, { recursive: true });
  for (const [name, text] of Object.entries(texts)) {
    if (text !== undefined) writeFileSync(join(raw, name), text);
  }
  return { bucket: folderBucket(folder, "shop"), folder: join(folder, "shop") };
}

export function stageRun(collector: object = {}, rest: Partial<StageRun> = {}): StageRun {
  return {
    execution: "test-1",
    startedAtSeconds: 1_700_000_000,
    config: RecSysConfig.parse({ collector }),
    inputs: {},
    shard: { index: 0, count: 1 },
    threads: 2,
    signal: new AbortController().signal,
    report: () => undefined,
    scratchFolder: temporaryFolder(),
    ...rest,
  };
}

/** What the collector wrote. */
export interface Collected {
  readonly report: CollectorReport;
  readonly content: ProcessedDataContent;
  readonly interactions: Tensors;
  readonly users: ReadEntities;
  readonly items: ReadEntities;
  readonly vocabulary: Vocabulary;
  readonly quarantine: readonly string[];
  /** The rows of a Parquet file, each as JSON. */
  readonly parquet: (name: string) => Promise<unknown[]>;
}

export interface ReadEntities {
  readonly ids: readonly string[];
  readonly attributes: readonly string[];
  readonly tokens: readonly (readonly number[])[];
  readonly numbers: readonly (readonly number[])[];
}

/** Runs the stage on raw files and reads back all that it wrote. */
export async function collect(texts: RawTexts, collector: object = {}): Promise<Collected> {
  const { bucket, folder } = bucketWith(texts);
  await collectStage(bucket, stageRun(collector));
  const file = (name: string): Buffer =>
    readFileSync(join(folder, "processed_data", "test-1", name));
  const manifest = await readManifest(bucket, "processed_data", "test-1");
  return {
    report: JSON.parse(file("report.json").toString()) as CollectorReport,
    content: ProcessedDataContent.parse(manifest.content),
    interactions: decodeSafetensors(file("interactions.safetensors")),
    users: readEntities(decodeSafetensors(file("users.safetensors"))),
    items: readEntities(decodeSafetensors(file("items.safetensors"))),
    vocabulary: Vocabulary.parse(JSON.parse(file("vocabulary.json").toString())),
    quarantine: file("quarantine.csv").toString().trimEnd().split("\n").slice(1),
    parquet: (name) => readParquet(join(folder, "processed_data", "test-1", name)),
  };
}

/** Raw files of a tiny shop whose interactions are given as text. */
export function shop(interactions: string | Uint8Array, rest: RawTexts = {}): RawTexts {
  return {
    "user_item_interactions.csv": interactions,
    "item_features.csv": "1\n2\n3\n",
    "item_features_description.json": JSON.stringify({ "0": { name: "item_id", type: "ID" } }),
    ...rest,
  };
}

function readEntities(tensors: Tensors): ReadEntities {
  const texts = (name: string): string[] =>
    slices(tensors, name).map(([start, end]) =>
      Buffer.from(tensors[`${name}_bytes`]!.values.slice(start, end)).toString("utf8"),
    );
  const width = tensors["numbers"]!.shape[1]!;
  return {
    ids: texts("id"),
    attributes: texts("attribute"),
    tokens: slices(tensors, "token").map(([start, end]) => [
      ...tensors["tokens"]!.values.slice(start, end),
    ]),
    numbers: slices(tensors, "id").map((_, row) => [
      ...tensors["numbers"]!.values.slice(row * width, (row + 1) * width),
    ]),
  };
}

function slices(tensors: Tensors, name: string): (readonly [number, number])[] {
  const offsets = tensors[`${name}_offsets`]!.values;
  return Array.from(offsets.slice(1), (end, at) => [offsets[at]!, end] as const);
}

async function readParquet(path: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(`SELECT * FROM '${path}'`);
    return reader.getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
