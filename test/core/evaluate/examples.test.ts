import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import {
  evaluateModel,
  type Labels,
  readLabels,
  titleColumn,
} from "../../../src/core/evaluate/index.ts";
import type { Scorer } from "../../../src/core/data/index.ts";
import { type Kernels, openKernels } from "../../../src/kernels/index.ts";
import { EvaluationConfig, type FeatureColumn } from "../../../src/schema/index.ts";
import { tinyDataset, type TinyRow } from "../data/tiny-dataset.ts";
import { smallShop } from "../small-shop.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openKernels({ wasm: await readFile("build/kernels.wasm"), threads: 1 });
});
afterAll(() => kernels.close());

const ITEMS = 40;
const labels: Labels = {
  userId: (user) => `u${user}`,
  item: (item) => ({ id: `i${item}`, name: null }),
};
/** Likes high item numbers. */
const model: Scorer = {
  name: "model",
  score(users, scores) {
    users.forEach((_, row) => {
      for (let item = 0; item < ITEMS; item++) scores[row * ITEMS + item] = item / 10;
    });
  },
};

/** User u has u + 1 items from 0 on, and one held-out item but for every fourth user. */
function rowsOf(users: number): TinyRow[] {
  return Array.from({ length: users }, (_, user) => [
    ...Array.from({ length: user + 1 }, (_row, item): TinyRow => ({ user, item })),
    ...(user % 4 === 3 ? [] : [{ user, item: user % 2 === 0 ? 39 : 20, part: "test" as const }]),
  ]).flat();
}

async function examplesOf(users: number, task: { labels?: Labels } = { labels }) {
  const { examples } = await evaluateModel({
    dataset: tinyDataset(rowsOf(users), { items: ITEMS }),
    model,
    baselines: [],
    config: EvaluationConfig.parse({ ks: [5, 10], bootstrapSamples: 100 }),
    kernels,
    signal: new AbortController().signal,
    report: () => undefined,
    ...task,
  });
  return examples;
}

test("the examples are those one and two thirds down each tercile's users with something held out", async () => {
  const examples = await examplesOf(18);
  // Histories of 1 … 18 items: terciles of users 0–5, 6–11, 12–17, of which 3, 7, 11 and 15 have nothing held out.
  expect(examples.map(({ userId, activity }) => [userId, activity])).toEqual([
    ["u1", "low"], // of 0 1 2 4 5
    ["u4", "low"],
    ["u8", "middle"], // of 6 8 9 10
    ["u9", "middle"],
    ["u13", "high"], // of 12 13 14 16 17
    ["u16", "high"],
  ]);
});

test("an example shows the latest ten items, the novel list, and marks what was held out", async () => {
  const [, u4, , , , u16] = await examplesOf(18);
  expect(u16!.historyItems).toBe(17);
  expect(u16!.history.map(({ id }) => id)).toEqual(
    Array.from({ length: 10 }, (_, place) => `i${7 + place}`),
  );
  expect(u4!.recommended.map(({ id, hit }) => [id, hit]).slice(0, 3)).toEqual([
    ["i39", true],
    ["i38", false],
    ["i37", false],
  ]);
  expect(u4!.recommended).toHaveLength(10);
  expect(u4!.heldOut).toEqual([{ id: "i39", name: null }]);
  expect(u4!.recommended[0]!.probability).toBeNull();
});

test("few users give few examples, each user once", async () => {
  expect((await examplesOf(1)).map(({ userId }) => userId)).toEqual(["u0"]);
});

test("without labels there are no examples", async () => {
  expect(await examplesOf(6, {})).toEqual([]);
});

const column = (name: string, changes: Partial<FeatureColumn> = {}): FeatureColumn => ({
  name,
  type: "string",
  treatment: "token",
  ...changes,
});
test.each([
  [["brand name", "name", "Title"], "Title"],
  [["brand name", "name"], "name"],
  [["colour", "product_title"], "product_title"],
  [["colour"], undefined],
])("of the string columns %j the items are named by %s", (names, chosen) => {
  expect(titleColumn(names.map((name) => column(name)))).toBe(chosen);
});

test("a column of free text names the items where none is called a title, a number never does", () => {
  const columns = [column("title", { type: "int" }), column("text", { treatment: "words" })];
  expect(titleColumn(columns)).toBe("text");
});

test("labels are the ids of the raw files and the titles among the attributes", async () => {
  const shop = await smallShop();
  try {
    const features = [column("title")];
    const { userId, item } = await readLabels(shop.bucket, "collected", features);
    expect(userId(0)).toBe("1");
    expect(item(0).id).toBe("1");
    expect(item(0).name).toMatch(/^\S+ \S+/);
    const nameless = await readLabels(shop.bucket, "collected", []);
    expect(nameless.item(0)).toEqual({ id: "1", name: null });
  } finally {
    await shop.remove();
  }
});
