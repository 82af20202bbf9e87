import { appendFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { refitStage, trainStage } from "../../../src/core/index.ts";
import { readDataset } from "../../../src/core/data/index.ts";
import { readModelCard } from "../../../src/core/model/model-file.ts";
import { ModelScorer } from "../../../src/core/model/model-scorer.ts";
import { type Parameters, tablesOf } from "../../../src/core/model/parameters.ts";
import { dataRowNames } from "../../../src/core/model/row-names.ts";
import { readAlignedParameters, readParameters } from "../../../src/core/model/weights-file.ts";
import { openCoreKernels } from "../../../src/core/open-kernels.ts";
import { fitData } from "../../../src/core/train/tune.ts";
import type { Kernels } from "../../../src/kernels/index.ts";
import { PART, RAW_FILES } from "../../../src/schema/index.ts";
import { stringAt, tableSize } from "../../../src/storage/index.ts";
import { smallShop, type SmallShop } from "../small-shop.ts";

const ALL = Object.values(PART);
/** In the catalogue, never bought: its ID has no training. */
const UNSOLD = "81";
/** Bought after the training, in no catalogue; an id that is no number puts the items into another order. */
const ARRIVED = "arrived";
let shop: SmallShop;
let kernels: Kernels;

beforeAll(async () => {
  shop = await smallShop();
  const raw = (name: string): string => join(shop.folder, "raw_data", name);
  appendFileSync(
    raw(RAW_FILES.itemFeatures),
    `${UNSOLD},"Tent",Outdoor,Altora,99.5,2021,['tent'],[]\n`,
  );
  await shop.collect("then");
  const run = shop.run({ inputs: { processed_data: "then" } });
  await trainStage(shop.bucket, run);
  await refitStage(shop.bucket, run);
  appendFileSync(raw(RAW_FILES.interactions), `x-1,999,${ARRIVED},1,search,1900000000\n`);
  await shop.collect("now");
  kernels = await openCoreKernels(1);
});
afterAll(async () => {
  await kernels.close();
  await shop.remove();
});

const settings = async () => (await readModelCard(shop.bucket, "core")).settings;
const executions = { model: "core", data: "now" };

async function idsOf(data: string): Promise<string[]> {
  const { items } = await dataRowNames(shop.bucket, data, true);
  return Array.from({ length: tableSize(items) }, (_, row) => stringAt(items, row));
}

/** A table's rows. */
function rowsOf(parameters: Parameters, table: string): number[][] {
  const { values } = new Map(tablesOf(parameters)).get(table)!;
  return Array.from({ length: values.rows }, (_, row) => [
    ...values.values.subarray(row * values.columns, (row + 1) * values.columns),
  ]);
}

/** Cosines of the first users with every item, by the item's id. */
async function cosinesOf(data: string, parameters: Parameters): Promise<Map<string, number>[]> {
  const dataset = await readDataset(shop.bucket, data);
  const fit = fitData(dataset, ALL, true);
  const model = { ...fit, parameters, settings: await settings() };
  const users = Uint32Array.of(0, 1, 2, 30);
  const { cosines } = new ModelScorer(kernels, model, fit.train).parts(users);
  const ids = await idsOf(data);
  return Array.from(
    users,
    (_, r) => new Map(ids.map((id, i) => [id, cosines.values[r * ids.length + i]!])),
  );
}

test("Q48 the rows of items and tokens follow their names into other data; a new item's ID is zero", async () => {
  const then = await readParameters(kernels, shop.bucket, "core", "served");
  const now = await readAlignedParameters(kernels, shop.bucket, executions, await settings());
  const [oldIds, newIds] = [await idsOf("then"), await idsOf("now")];
  expect(newIds.indexOf("9")).not.toBe(oldIds.indexOf("9"));
  for (const [table] of tablesOf(then)) {
    const [old, rows] = [rowsOf(then, table), rowsOf(now, table)];
    if (!table.endsWith(".id")) {
      expect(rows, "the catalogue is the same, and the network knows no names").toEqual(old);
      continue;
    }
    for (const [row, id] of newIds.entries()) {
      const wanted = id === ARRIVED ? old[0]!.map(() => 0) : old[oldIds.indexOf(id)];
      expect(rows[row], id).toEqual(wanted);
    }
  }
});

test("A19 the ID of an item without interactions is written as zero, of others it is not", async () => {
  const then = await readParameters(kernels, shop.bucket, "core", "served");
  const unsold = (await idsOf("then")).indexOf(UNSOLD);
  const isZero = rowsOf(then, "item.id").map((row) => row.every((value) => value === 0));
  expect(isZero.indexOf(true)).toBe(unsold);
  expect(isZero.lastIndexOf(true)).toBe(unsold);
});

test("Q48 users of before are as near to every item of before as they were", async () => {
  const then = await cosinesOf(
    "then",
    await readParameters(kernels, shop.bucket, "core", "served"),
  );
  const aligned = await readAlignedParameters(kernels, shop.bucket, executions, await settings());
  const now = await cosinesOf("now", aligned);
  for (const [user, cosines] of then.entries()) {
    for (const [id, cosine] of cosines) expect(now[user]!.get(id), id).toBeCloseTo(cosine, 6);
    expect(now[user]!.get(ARRIVED), "neither id nor feature is known").toBe(0);
  }
});

test("an item keeps what was learned of it when its interactions are no longer in the data", async () => {
  const aligned = await readAlignedParameters(kernels, shop.bucket, executions, await settings());
  const dataset = await readDataset(shop.bucket, "now");
  const fit = fitData(dataset, ALL, true);
  const forgotten = { ...fit, popularity: fit.popularity.map(() => 0) };
  const model = {
    parameters: aligned,
    settings: { ...(await settings()), history: "ordered" as const },
  };
  const users = Uint32Array.of(0);
  const scorer = (data: typeof fit) => new ModelScorer(kernels, { ...data, ...model }, fit.train);
  const [now, later] = [fit, forgotten].map((data) => scorer(data).parts(users).cosines.values);
  expect(later).toEqual(now);
});

test("weights that do not belong to the names beside them are refused", async () => {
  const vocabulary = "model/core/vocabulary.json";
  const bytes = Uint8Array.from(await shop.bucket.read(vocabulary));
  await shop.bucket.write(vocabulary, JSON.stringify({ items: [], users: [] }));
  try {
    await expect(
      readAlignedParameters(kernels, shop.bucket, executions, await settings()),
    ).rejects.toThrow(/served\.safetensors: the weights do not belong to the files beside them/);
  } finally {
    await shop.bucket.write(vocabulary, bytes);
  }
});
