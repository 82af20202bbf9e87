import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readExecution, rollback } from "../../src/recipe/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { Evaluation, ProcessedDataContent } from "../../src/schema/index.ts";
import { decodeSafetensors, readManifest, readPointer } from "../../src/storage/index.ts";
import type { WorkflowEvent } from "../../src/workflow/index.ts";
import { ask } from "../responder/responder.ts";
import { addInteraction, pipelineShop, QUICK, rowsOf, SERVING } from "./pipeline-shop.ts";

interface Entry {
  readonly item_id: number;
  readonly user_id: number;
  readonly count: number;
  readonly interaction_probability: number;
}
type Answer = Readonly<Record<string, readonly Entry[]>>;

const ITEMS = 60;
const LATE = 1_900_000_000;
/** Has every item of the sample but the last three. */
const COLLECTOR_OF_ALL = "901";
const NEVER_BOUGHT = "777";
const WITHOUT_FEATURES = "778";

const shop = pipelineShop();
const interactions = join(shop.raw, "user_item_interactions.csv");
const events: Record<"collector" | "core", WorkflowEvent[]> = { collector: [], core: [] };
let app: FastifyInstance;
/** What the raw file says, read in plain code. */
const seen = new Map<string, Set<string>>();
const counts = new Map<string, number>();

beforeAll(async () => {
  await writeSampleShop(shop.raw, { users: 120, items: ITEMS, interactions: 2400 });
  for (let item = 1; item <= ITEMS - 3; item++) {
    addInteraction(shop.raw, COLLECTOR_OF_ALL, String(item), LATE + item);
  }
  for (const user of ["10", "20"]) addInteraction(shop.raw, user, WITHOUT_FEATURES, LATE);
  const features = join(shop.raw, "item_features.csv");
  const [first] = readFileSync(features, "utf8").split("\n");
  appendFileSync(features, first!.replace(/^\d+/, NEVER_BOUGHT) + "\n");
  for (const [, user, item] of rowsOf(interactions)) {
    seen.set(user!, (seen.get(user!) ?? new Set()).add(item!));
    counts.set(item!, (counts.get(item!) ?? 0) + 1);
  }

  for (const workflow of ["collector", "core"] as const) {
    const outcome = await shop.execute(workflow, `${workflow}-1`, {
      onEvent: (event) => events[workflow].push(event),
    });
    expect(outcome).toMatchObject({ status: "succeeded" });
  }
  app = shop.responder();
});
afterAll(async () => {
  await app.close();
  shop.remove();
});

/** Asks about ids in as many requests as the limit on ids wants. */
async function answers(
  path: string,
  ids: readonly string[],
  question: Readonly<Record<string, string>>,
): Promise<Answer> {
  const all: Record<string, readonly Entry[]> = {};
  for (let from = 0; from < ids.length; from += 100) {
    const id_list = ids.slice(from, from + 100).join(",");
    const response = await ask(app, path, { id_list, ...question });
    expect(response.statusCode).toBe(200);
    Object.assign(all, response.json<Answer>());
  }
  return all;
}

/** The lists of a CSV file by its first column: [id, value] in the order of the ranks. */
function listsOf(file: string): Map<string, [string, number][]> {
  const lists = new Map<string, [string, number][]>();
  for (const [key, rank, id, value] of shop.served("core-1", file)) {
    const list = lists.get(key!) ?? [];
    lists.set(key!, list);
    expect(Number(rank)).toBe(list.length + 1);
    list.push([id!, Number(value)]);
  }
  return lists;
}

describe("Q1 Q3 Q10 from raw files to answers", () => {
  test("Q45–Q51 Q56 Q60 Q64 every step's folder lies under the prefix, with a manifest and a pointer", async () => {
    const prefix = join(shop.folder, "RecSys_Recipe_StepFunctions_CDK");
    expect(existsSync(join(prefix, "raw_data", "user_item_interactions.csv"))).toBe(true);
    for (const [folder, execution] of [
      ["processed_data", "collector-1"],
      ["kpi", "collector-1"],
      ["model", "core-1"],
      ["evaluation", "core-1"],
      [SERVING, "core-1"],
    ] as const) {
      expect(await readPointer(shop.bucket, folder)).toMatchObject({ execution, previous: null });
      const { files } = await readManifest(shop.bucket, folder, execution);
      expect(Object.keys(files).length).toBeGreaterThan(0);
      for (const file of Object.keys(files)) {
        expect(existsSync(join(prefix, folder, execution, file)), file).toBe(true);
      }
    }
  });

  test("Q53 the processed data knows the users, items and interactions of the raw files", async () => {
    const { content } = await readManifest(shop.bucket, "processed_data", "collector-1");
    expect(ProcessedDataContent.parse(content)).toMatchObject({
      users: seen.size,
      items: ITEMS + 2,
      rows: [...counts.values()].reduce((sum, count) => sum + count, 0),
      rejectedRows: 0,
    });
  });

  test("Q52 Q54 Q55 Q57 Q58 Q65 the states of both workflows all succeed, in the documented order", async () => {
    const passed = (workflow: "collector" | "core") =>
      events[workflow].flatMap((event) => (event.type === "StateSucceeded" ? [event.state] : []));
    expect(passed("collector")).toEqual([
      "Collect",
      "IsShared",
      "Measure",
      "PublishData",
      "Collected",
    ]);
    expect(passed("core")).toEqual([
      ...["NeedsTraining", "Train", "EvaluatedRounds", "Evaluate", "Compare", "Gate"],
      ...["ServedRounds", "Refit", "Transform", "Merge", "Publish", "Served"],
    ]);
    const record = await readExecution(shop.bucket, "core", "core-1");
    expect(record).toMatchObject({ status: "succeeded" });
    expect(record?.input.inputs).toEqual({ processed_data: "collector-1" });
  });

  test("Q59 Q61 the evaluation is about the test rows and nothing else", async () => {
    const bytes = await shop.bucket.read("processed_data/collector-1/interactions.safetensors");
    const tensors = decodeSafetensors(Uint8Array.from(bytes));
    const of = (name: string) => Array.from(tensors[name]!.values as ArrayLike<number>);
    const [offsets, items, part] = [of("user_offsets"), of("item"), of("part")];
    let users = 0;
    let relevant = 0;
    for (let user = 0; user + 1 < offsets.length; user++) {
      const rows = items.map((item, row) => ({ item, part: part[row]! }));
      const own = rows.slice(offsets[user], offsets[user + 1]);
      const known = new Set(own.filter((row) => row.part < 2).map(({ item }) => item));
      const test = own.filter((row) => row.part === 2 && !known.has(row.item));
      const distinct = new Set(test.map(({ item }) => item)).size;
      relevant += distinct;
      users += distinct > 0 ? 1 : 0;
    }
    const file = await shop.bucket.read("evaluation/core-1/metrics.json");
    const evaluation = Evaluation.parse(JSON.parse(Buffer.from(file).toString("utf8")));
    expect(evaluation.part).toBe("test");
    expect(evaluation.counts).toMatchObject({ evaluatedUsers: users, relevant });
    expect(relevant).toBeGreaterThan(50);
    expect(evaluation.scorers.map(({ name }) => name)).toContain("popular");
  });
});

describe("Q6 Q11 the CSV files alone hold what the API answers", () => {
  test.each([
    ["item-to-user", "0", "items2users.csv"],
    ["item-to-user", "1", "items2users_novel.csv"],
    ["user-to-item", "0", "users2items.csv"],
    ["user-to-item", "1", "users2items_novel.csv"],
  ])("Q69 Q70 Q74 A31 %s with novel_only=%s is %s", async (path, novel_only, file) => {
    const lists = listsOf(file);
    const ids = path === "item-to-user" ? [...seen.keys()] : [...counts.keys(), NEVER_BOUGHT];
    const answered = await answers(path, ids, { novel_only, k: "100" });
    for (const id of ids) {
      const entries = answered[id]!.map((entry): [string, number] => [
        String(path === "item-to-user" ? entry.item_id : entry.user_id),
        entry.interaction_probability,
      ]);
      expect(entries, id).toEqual(lists.get(id) ?? []);
    }
  });

  test("Q63 A32 every pair has a probability, and lists go from the most probable on", async () => {
    const all = await answers("item-to-user", [...seen.keys()], { k: "100" });
    for (const list of Object.values(all)) {
      expect(list).toHaveLength(ITEMS + 2);
      list.forEach(({ interaction_probability: p }, rank) => {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        if (rank > 0) expect(p).toBeLessThanOrEqual(list[rank - 1]!.interaction_probability);
      });
    }
  });
});

test("Q76 A15 A17 every user gets k items without a single row in the raw file; who has all but three gets those", async () => {
  const catalogue = [...Array.from({ length: ITEMS }, (_, i) => String(i + 1))];
  const novel = await answers("item-to-user", [...seen.keys()], { novel_only: "1" });
  for (const [user, had] of seen) {
    const items = novel[user]!.map(({ item_id }) => String(item_id));
    expect(items.filter((item) => had.has(item))).toEqual([]);
    const left = [...catalogue, NEVER_BOUGHT, WITHOUT_FEATURES].filter((item) => !had.has(item));
    expect(new Set(items).size).toBe(Math.min(10, left.length));
  }
  // Two more than three: the item that nobody bought, and the one without features.
  const rest = novel[COLLECTOR_OF_ALL]!.map(({ item_id }) => item_id).sort((a, b) => a - b);
  expect(rest).toEqual([ITEMS - 2, ITEMS - 1, ITEMS, 777, 778]);
});

test("Q88 A17 novel users of an item have no row with it in the raw file", async () => {
  const novel = await answers("user-to-item", [...counts.keys()], { novel_only: "1", k: "100" });
  for (const item of counts.keys()) {
    const users = novel[item]!.map(({ user_id }) => String(user_id));
    expect(users.filter((user) => seen.get(user)!.has(item))).toEqual([]);
    const without = [...seen.values()].filter((had) => !had.has(item)).length;
    expect(users).toHaveLength(Math.min(100, without));
  }
});

test("Q71 Q94 Q96 Q97 Q98 A16 A20 popular items are those of a plain count over the raw file, for strangers too", async () => {
  const order = [...counts, [NEVER_BOUGHT, 0] as const]
    .map(([item, count]) => ({ item_id: Number(item), count }))
    .sort((a, b) => b.count - a.count || b.item_id - a.item_id);
  const pairs = [...seen.values()].reduce((sum, had) => sum + had.size, 0);
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  expect(rows, "some pairs are repeated, and each of their rows counts").toBeGreaterThan(pairs);
  const csv = shop.served("core-1", "popular_items.csv");
  expect(csv).toEqual(
    order.map(({ item_id, count }, rank) => [rank + 1, item_id, count].map(String)),
  );
  const ids = [...seen.keys(), "stranger"];
  const all = await answers("popular", ids, { k: "20" });
  const novel = await answers("popular", ids, { k: "20", novel_only: "1" });
  for (const id of ids) {
    expect(all[id]).toEqual(order.slice(0, 20));
    const unseen = order.filter(({ item_id }) => !seen.get(id)?.has(String(item_id)));
    expect(novel[id]).toEqual(unseen.slice(0, 20));
  }
});

test("A14 an unknown user gets a list and the cold header, an unknown item an empty list", async () => {
  const strange = await ask(app, "item-to-user", { id_list: "10,stranger" });
  expect(strange.headers["x-recsys-cold"]).toBe("stranger");
  expect(strange.json<Answer>()["stranger"]).toHaveLength(10);
  expect((await ask(app, "item-to-user", { id_list: "10" })).headers).not.toHaveProperty(
    "x-recsys-cold",
  );
  const nothing = await ask(app, "user-to-item", { id_list: "4711" });
  expect(nothing.json()).toEqual({ 4711: [] });
});

test("Q4 A19 an item that nobody bought is scored by its content, one without features by its buyers", async () => {
  const users = await answers("user-to-item", [NEVER_BOUGHT, WITHOUT_FEATURES], { k: "100" });
  for (const item of [NEVER_BOUGHT, WITHOUT_FEATURES]) {
    expect(users[item]).toHaveLength(100);
    expect(users[item]!.every((entry) => entry.interaction_probability > 0)).toBe(true);
  }
  const { body } = await ask(app, "item-to-user", {
    id_list: COLLECTOR_OF_ALL,
    novel_only: "1",
    return_attributes: "1",
  });
  const entries = (JSON.parse(body) as Record<string, Record<string, unknown>[]>)[COLLECTOR_OF_ALL];
  expect(entries?.find(({ item_id }) => item_id === 777)).toHaveProperty("title");
  const bare = entries?.find(({ item_id }) => item_id === 778);
  expect(Object.values(bare!).filter((value) => value !== null)).toHaveLength(2);
});

describe("later executions", () => {
  test("Q62 A10 a model below the threshold ends in ModelRejected, says why in evaluation/, and the old answers stay", async () => {
    const before = (await ask(app, "item-to-user", { id_list: "10" })).body;
    const strict = { ...QUICK.evaluation, gate: { threshold: 1 } };
    const outcome = await shop.execute("core", "rejected", { settings: { evaluation: strict } });
    expect(outcome).toMatchObject({ status: "failed", state: "ModelRejected" });
    const file = await shop.bucket.read("evaluation/rejected/metrics.json");
    const { gate } = Evaluation.parse(JSON.parse(Buffer.from(file).toString("utf8")));
    expect(gate.selected).toBe(false);
    expect(gate.reasons.join()).toMatch(/is below the threshold 1/);
    for (const folder of ["model", SERVING] as const) {
      expect(await readPointer(shop.bucket, folder)).toMatchObject({ execution: "core-1" });
    }
    const later = shop.responder();
    expect((await ask(later, "item-to-user", { id_list: "10" })).body).toBe(before);
    await later.close();
  });

  test("Q48 Q51 a model of before scores users who arrived after its training, without training again", async () => {
    for (let item = 1; item <= 8; item++) {
      addInteraction(shop.raw, "902", String(item), LATE + 1000 + item);
    }
    expect(await shop.execute("collector", "collector-2")).toMatchObject({ status: "succeeded" });
    const outcome = await shop.execute("core", "core-2", { modelExecution: "core-1" });
    expect(outcome).toMatchObject({ status: "succeeded" });
    expect(await readPointer(shop.bucket, "model")).toMatchObject({ execution: "core-1" });

    const later = shop.responder();
    const newcomer = await ask(later, "item-to-user", { id_list: "902", novel_only: "1" });
    expect(newcomer.headers).not.toHaveProperty("x-recsys-cold");
    const items = newcomer.json<Answer>()["902"]!.map(({ item_id }) => item_id);
    expect(items).toHaveLength(10);
    expect(items.filter((item) => item <= 8)).toEqual([]);
    await later.close();
  });

  test("Q51 a roll-back serves the answers of before", async () => {
    expect(await rollback(shop.bucket)).toEqual({ served: "core-1", before: "core-2" });
    const back = shop.responder();
    const { headers } = await ask(back, "item-to-user", { id_list: "902" });
    expect(headers["x-recsys-cold"]).toBe("902");
    await back.close();
  });
});
