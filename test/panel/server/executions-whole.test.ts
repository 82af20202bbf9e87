import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { ExecutionComparison, ModelSummary, RAW_FOLDER } from "../../../src/schema/index.ts";
import { SHOP_DEFAULTS, writeSampleShop } from "../../../src/sample/index.ts";
import { deployAll, last, openPanel, readyShop, statuses } from "./executions-shop.ts";

/** Small and short: what counts is the way, not how good the model is. */
const SETTINGS = { training: { embeddingSize: 8, maxEpochs: 2, negatives: 64 } };

test("a real shop is collected, trained, rejected by a gate of 1, promoted, compared and rolled back", async () => {
  const raw = mkdtempSync(join(tmpdir(), "recsys-raw-"));
  onTestFinished(() => {
    rmSync(raw, { recursive: true, force: true });
  });
  await writeSampleShop(raw, { ...SHOP_DEFAULTS, users: 60, items: 40, interactions: 900 });
  const shop = await readyShop(SETTINGS);
  for (const name of [
    "user_item_interactions.csv",
    "item_features.csv",
    "item_features_description.json",
  ]) {
    await shop.bucket.upload(`${RAW_FOLDER}/${name}`, join(raw, name));
  }
  const panel = await openPanel(shop, { jobEntry: undefined });
  await panel.post("/panel/api/executions", { workflow: "collector", name: "data" });
  const collected = await last(panel.stream("collector", "data"));
  expect(collected.summary).toMatchObject({
    status: "succeeded",
    figures: { users: 60, items: 40 },
  });

  await panel.post("/panel/api/executions", { workflow: "core", name: "one" });
  const activities = new Set<string>();
  let end = collected;
  for await (const view of panel.stream("core", "one")) {
    end = view;
    for (const { progress } of view.states)
      if (progress !== null) activities.add(progress.activity);
  }
  expect(end.summary.status).toBe("succeeded");
  expect(Object.values(statuses(end)).every((s) => s === "succeeded" || s === "skipped")).toBe(
    true,
  );
  expect(activities.size).toBeGreaterThan(0);

  await deployAll(shop, { ...SETTINGS, evaluation: { gate: { threshold: 1 } } });
  await panel.post("/panel/api/executions", { workflow: "core", name: "two" });
  const rejected = await last(panel.stream("core", "two"));
  expect(rejected.summary).toMatchObject({ rejected: true, state: "ModelRejected" });
  const reason = { reason: "the threshold was set for a test" };
  expect((await panel.post("/panel/api/executions/core/two/promote", reason)).status).toBe(202);
  const promoted = await last(panel.stream("core", "two"));
  expect(promoted.summary).toMatchObject({ status: "succeeded", current: true });

  const models = (await panel.get<unknown[]>("/panel/api/models")).map((m) =>
    ModelSummary.parse(m),
  );
  expect(models.map(({ execution, gate }) => [execution.name, gate?.selected])).toEqual([
    ["two", false],
    ["one", true],
  ]);
  expect(models[0]!.promotion).toMatchObject({ by: "ada", ...reason });
  const comparison = ExecutionComparison.parse(await panel.get("/panel/api/compare?a=one&b=two"));
  expect(comparison.settings).toEqual([{ path: "evaluation.gate.threshold", values: [null, 1] }]);
  // The same data, settings and seed make the same model.
  expect(comparison.top10).toEqual({
    users: 60,
    changedUsers: 0,
    meanShared: 1,
    sampledFrom: null,
  });
  expect(await panel.post("/panel/api/rollback", { to: "one" })).toMatchObject({
    body: { served: "one", before: "two" },
  });
});
