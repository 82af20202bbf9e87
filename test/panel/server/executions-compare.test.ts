import { expect, test } from "vitest";

import { ExecutionComparison, ModelSummary } from "../../../src/schema/index.ts";
import {
  ArtefactWriter,
  type Bucket,
  createIndexWriter,
  entityTensors,
  stringTable,
} from "../../../src/storage/index.ts";
import { createShop } from "../../recipe/shop.ts";
import { type List, writeShop } from "../../responder/shop.ts";
import { openPanel } from "./executions-shop.ts";
import { writeCounts, writeEvaluation, writeRecord } from "./hand-made.ts";

const none: List = [];
const novel = (list: List) => ({ all: none, novel: list });

test("two executions are compared by data, metrics, settings and each user's ten best", async () => {
  const shop = createShop();
  const { bucket } = shop;
  await writeCounts(bucket, "data-1", { users: 3, items: 3, rows: 7, rowsByPart: { train: 5 } });
  await writeCounts(bucket, "data-2", { users: 3, items: 3, rows: 9, rowsByPart: { train: 6 } });
  await writeRecord(bucket, "one", { data: "data-1" });
  await writeRecord(bucket, "two", {
    data: "data-2",
    startedAt: "2026-11-26T09:00:00.000Z",
    settings: { training: { seed: 7 }, evaluation: { gate: { threshold: 0.1 } } },
  });
  await writeEvaluation(bucket, "one", { data: "data-1", ndcg: 0.2 });
  await writeEvaluation(bucket, "two", { data: "data-2", ndcg: 0.3 });
  // Users 2 and 3 are in both, as other rows; items 20 and 30 too.
  await writeShop(bucket, "one", {
    users: { 1: {}, 2: {}, 3: {} },
    items: { 10: {}, 20: {}, 30: {} },
    forUsers: {
      1: novel([["10", 0.9]]),
      2: novel([
        ["10", 0.5],
        ["20", 0.4],
      ]),
      3: novel([
        ["20", 0.3],
        ["30", 0.2],
      ]),
    },
  });
  await writeShop(bucket, "two", {
    users: { 2: {}, 3: {}, 4: {} },
    items: { 20: {}, 30: {}, 40: {} },
    forUsers: {
      2: novel([
        ["40", 0.5],
        ["20", 0.4],
      ]),
      // The same two in another order: as a set nothing has changed.
      3: novel([
        ["30", 0.4],
        ["20", 0.1],
      ]),
      4: novel([["20", 0.9]]),
    },
  });
  const panel = await openPanel(shop);
  const comparison = ExecutionComparison.parse(await panel.get("/panel/api/compare?a=one&b=two"));
  expect(comparison.executions.map(({ name }) => name)).toEqual(["one", "two"]);
  expect(comparison.data).toEqual([
    { name: "users", values: [3, 3] },
    { name: "items", values: [3, 3] },
    { name: "rows", values: [7, 9] },
    { name: "rowsByPart.train", values: [5, 6] },
  ]);
  expect(comparison.metrics).toEqual([
    {
      name: "ndcg@10",
      estimates: [
        { value: 0.2, low: 0.19, high: 0.21000000000000002 },
        { value: 0.3, low: 0.29, high: 0.31 },
      ],
    },
  ]);
  expect(comparison.settings).toEqual([
    { path: "training.seed", values: [0, 7] },
    { path: "evaluation.gate.threshold", values: [null, 0.1] },
  ]);
  // User 2 keeps 1 of 2, user 3 both: (1/2 + 2/2) / 2.
  expect(comparison.top10).toEqual({
    users: 2,
    changedUsers: 1,
    meanShared: 0.75,
    sampledFrom: null,
  });
});

test("of more than 20,000 users every n-th is compared, and the answer says so", async () => {
  const shop = createShop();
  const { bucket } = shop;
  const users = Array.from({ length: 40_001 }, (_, i) => i);
  // The lists of users 0, 3, 6, … change, and 40,001 users in steps of 3 are just those.
  await writeTopOne(bucket, "one", users, () => 0);
  await writeTopOne(bucket, "two", users, (user) => (user % 3 === 0 ? 1 : 0));
  for (const name of ["one", "two"]) await writeRecord(bucket, name, { data: "gone" });
  const panel = await openPanel(shop);
  const { top10, data } = ExecutionComparison.parse(
    await panel.get("/panel/api/compare?a=one&b=two"),
  );
  expect(top10).toEqual({
    users: 13_334,
    changedUsers: 13_334,
    meanShared: 0,
    sampledFrom: 40_001,
  });
  expect(data).toEqual([]);
});

test("without kept recommendations or an evaluation a comparison says what there is", async () => {
  const shop = createShop();
  await writeRecord(shop.bucket, "one", { data: "gone" });
  await writeRecord(shop.bucket, "two", { data: "gone" });
  const panel = await openPanel(shop);
  expect(await panel.get("/panel/api/compare?a=one&b=two")).toMatchObject({
    data: [],
    metrics: [],
    settings: [],
    top10: null,
  });
  await expect(panel.get("/panel/api/compare?a=one&b=three")).rejects.toThrow("404");
  await expect(panel.get("/panel/api/compare?a=one&b=..%2Fx")).rejects.toThrow("404");
  await expect(panel.get("/panel/api/compare?a=one")).rejects.toThrow("400");
});

test("models are listed with their figures, the best baseline, the gate's verdict and who promoted them", async () => {
  const shop = createShop();
  const { bucket } = shop;
  await writeCounts(bucket, "data-1", { users: 3, items: 3, rows: 7 });
  const settings = { evaluation: { gate: { threshold: 0.25 } } };
  await writeRecord(bucket, "one", { data: "data-1" });
  await writeRecord(bucket, "two", {
    data: "data-1",
    startedAt: "2026-11-26T09:00:00.000Z",
    settings,
  });
  await writeEvaluation(bucket, "one", { data: "data-1", ndcg: 0.3 });
  await writeEvaluation(bucket, "two", { data: "data-1", ndcg: 0.2, selected: false });
  const promotion = { by: "ada", at: "2026-11-26T10:00:00.000Z", reason: "a holiday in the test" };
  await bucket.write("evaluation/two/promotion.json", JSON.stringify(promotion));
  const panel = await openPanel(shop);
  const models = (await panel.get<unknown[]>("/panel/api/models")).map((model) =>
    ModelSummary.parse(model),
  );
  expect(models.map(({ execution }) => execution.name)).toEqual(["two", "one"]);
  expect(models[0]).toMatchObject({
    execution: { figures: { "ndcg@10": 0.2 } },
    metrics: { "ndcg@10": { value: 0.2 } },
    bestBaseline: { name: "ease", value: 0.15 },
    gate: { metric: "ndcg@10", selected: false, reasons: ["failed: low"], threshold: 0.25 },
    promotion,
    dataCreatedAt: "2026-11-25T00:00:00.000Z",
    hasReport: true,
  });
  expect(models[0]!.calibration).toBeCloseTo(1.5, 12); // 0.03 predicted over 0.02 observed
  expect(models[1]).toMatchObject({ promotion: null, gate: { selected: true, threshold: null } });
});

test("the report is served as it is, may be framed by the panel, and loads nothing", async () => {
  const shop = createShop();
  await writeRecord(shop.bucket, "one", { data: "gone" });
  await writeEvaluation(shop.bucket, "one", { data: "gone", ndcg: 0.3 });
  const panel = await openPanel(shop);
  const response = await fetch(`${panel.url}/panel/api/models/one/report`);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).not.toContain("script-src");
  expect(await response.text()).toBe("<!doctype html><title>Evaluation one</title>");
  expect((await fetch(`${panel.url}/panel/api/models/two/report`)).status).toBe(404);
  expect((await fetch(`${panel.url}/panel/api/models/..%2Fone/report`)).status).toBe(404);
});

/** Recommendations of one item to each user, as much of them as a comparison reads. */
async function writeTopOne(
  bucket: Bucket,
  execution: string,
  users: readonly number[],
  itemOf: (user: number) => number,
): Promise<void> {
  const artefact = new ArtefactWriter(bucket, "batch_transform_inference_output", execution);
  const index = await createIndexWriter(await artefact.create("users.index"), {
    k: 1,
    rows: users.length + 1,
    lists: 2,
  });
  const list = (item: number) => ({
    indices: Uint32Array.of(item),
    probabilities: Float32Array.of(0.5),
    count: 1,
  });
  for (const item of [0, ...users.map(itemOf)]) await index.writeRow([list(item), list(item)]);
  await index.close();
  const entities = (ids: readonly string[]) =>
    entityTensors({ ids: stringTable(ids), attributes: stringTable(ids.map(() => "")) });
  await artefact.writeTensors("users.safetensors", entities(users.map(String)));
  await artefact.writeTensors("items.safetensors", entities(["1", "2"]));
  await artefact.finish({ createdAtSeconds: 0, inputs: {}, content: {} });
}
