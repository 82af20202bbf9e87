import { createHash } from "node:crypto";
import { existsSync } from "node:fs";

import { expect, test } from "vitest";

import { addConfigurationRoutes, addStackRoutes } from "../../../src/panel/server/index.ts";
import type { AddRoutes, PanelContext } from "../../../src/panel/server/index.ts";
import type { BurnPlan, BurnProgress, Overview, Stack } from "../../../src/schema/index.ts";
import type { Bucket } from "../../../src/storage/index.ts";
import { createShop, type Shop, until } from "../../recipe/shop.ts";
import { asker } from "./answers.ts";
import { bareApp } from "./bare-app.ts";

const RAW = ["user_item_interactions.csv", "item_features.csv", "item_features_description.json"];
const both: AddRoutes = (app, panel) => {
  addConfigurationRoutes(app, panel);
  addStackRoutes(app, panel);
};

/** The routes over the bucket of a shop whose jobs write tiny artefacts. */
function panelOf(shop: Shop, given: Partial<PanelContext> = {}) {
  const { app, audited } = bareApp(both, { bucket: shop.bucket, ...given });
  const { json, refusal } = asker(app);
  return {
    audited,
    overview: () => json<Overview>({ url: "/panel/api/overview" }),
    deploy: (stack: string) =>
      json<Stack>({ method: "POST", url: `/panel/api/stacks/${stack}/deploy`, payload: {} }),
    refusedDeploy: (stack: string) =>
      refusal({ method: "POST", url: `/panel/api/stacks/${stack}/deploy`, payload: {} }),
    draft: (draft: object) =>
      json({ method: "PUT", url: "/panel/api/configuration", payload: { draft } }),
    plan: (stack: string) => json<BurnPlan>({ url: `/panel/api/burn/${stack}` }),
    burn: (stack: string, confirm = stack) =>
      json<BurnPlan>(
        { method: "POST", url: `/panel/api/burn/${stack}`, payload: { confirm } },
        202,
      ),
    refusedBurn: (stack: string, confirm = stack) =>
      refusal({ method: "POST", url: `/panel/api/burn/${stack}`, payload: { confirm } }),
  };
}

async function upload(bucket: Bucket): Promise<void> {
  for (const name of RAW) await bucket.write(`raw_data/${name}`, name);
}

async function paths(bucket: Bucket): Promise<string[]> {
  return (await bucket.list("")).map(({ path }) => path);
}

/** The pages read users and items of what is served from its manifest: those of the tiny artefacts have none. */
async function addCounts(bucket: Bucket, execution: string): Promise<void> {
  const folder = `batch_transform_inference_output/${execution}`;
  const manifest = JSON.parse(
    Buffer.from(await bucket.read(`${folder}/manifest.json`)).toString("utf8"),
  ) as Record<string, unknown>;
  const words = { probabilityOf: "an event", coldUser: "popular" };
  const content = { users: 5, items: 7, kMax: 3, userIds: "number", itemIds: "number", ...words };
  const text = JSON.stringify({ ...manifest, content });
  await bucket.write(`${folder}/manifest.json`, text);
  const manifestSha256 = createHash("sha256").update(text).digest("hex");
  const pointer = JSON.stringify({ execution, manifestSha256, previous: null });
  await bucket.write("batch_transform_inference_output/current.json", pointer);
}

test("Q101 Q110 Q112 Q113 from an empty bucket to answers: each step is refused, saying why, until the one before is done", async () => {
  const shop = createShop();
  for (const name of RAW) await shop.bucket.remove(`raw_data/${name}`);
  let redeployed = 0;
  const responder = {
    url: "http://127.0.0.1:1",
    redeploy: () => {
      redeployed++;
      return Promise.resolve();
    },
  };
  const panel = panelOf(shop, { responder });
  const state = async () => {
    const { stacks, nextStep } = await panel.overview();
    const words = stacks.map(({ deploy, execute }) => [deploy.reason, execute.reason]);
    return { next: nextStep.label, page: nextStep.page, button: nextStep.button, words };
  };
  const nothing = expect.stringContaining("nothing to execute") as string;

  expect(await state()).toEqual({
    next: "Begin Customization",
    page: "/customization",
    button: null,
    words: [
      [null, "deploy the Collector Stack first"],
      ["deploy the Collector Stack first", "deploy the Core Stack first"],
      ["deploy the Core Stack first", nothing],
    ],
  });
  expect(await panel.refusedDeploy("core")).toMatchObject({
    status: 409,
    message: "deploy the Collector Stack first",
  });

  await panel.draft({ "training.seed": 5 });
  expect((await state()).next).toBe("Upload your data");
  expect(await panel.deploy("collector")).toMatchObject({
    state: "deployed",
    deployment: { number: 1, deployedBy: "ada", deployedAt: "2026-11-26T10:00:00.000Z" },
    execute: { allowed: false, reason: `upload ${RAW.join(", ")} first` },
  });
  await upload(shop.bucket);
  expect(await state()).toMatchObject({
    next: "Execute the collector",
    button: { stack: "collector", does: "execute" },
    words: [
      [null, null],
      [null, "deploy the Core Stack first"],
      ["deploy the Core Stack first", nothing],
    ],
  });

  await shop.execute("collector", "collector-1");
  expect(await state()).toMatchObject({
    next: "Deploy the Core Stack",
    button: { stack: "core", does: "deploy" },
  });
  await panel.deploy("core");
  expect(await panel.refusedDeploy("responder")).toMatchObject({
    message: "there is nothing to answer with yet: execute the core first",
  });
  await shop.execute("core", "core-1");
  await addCounts(shop.bucket, "core-1");
  expect(await state()).toMatchObject({ next: "Deploy the Responder Stack" });
  expect(redeployed).toBe(0);
  await panel.deploy("responder");
  expect(redeployed).toBe(1);
  expect(await panel.overview()).toMatchObject({
    nextStep: { label: "Look at the dashboard" },
    served: { execution: "core-1", previous: null, users: 5, items: 7 },
    running: [],
    invokeUrl: "http://127.0.0.1:1",
  });
  expect(panel.audited.filter(([action]) => action === "deploy")).toEqual([
    ["deploy", "collector", "deployment 1"],
    ["deploy", "core", "deployment 1"],
    ["deploy", "responder", "deployment 1"],
  ]);
});

test("a stack's deployment differs from the draft only in what the stack uses", async () => {
  const panel = panelOf(createShop());
  await panel.deploy("collector");
  await panel.deploy("core");
  const differing = async () =>
    (await panel.overview()).stacks.filter((s) => s.draftDiffers).map(({ stack }) => stack);
  expect(await differing()).toEqual([]);
  await panel.draft({ "training.negatives": 512 });
  expect(await differing()).toEqual(["core"]);
  await panel.draft({ "training.negatives": 512, "collector.header": "present" });
  expect(await differing()).toEqual(["collector", "core"]);
  expect(await panel.deploy("core")).toMatchObject({
    draftDiffers: false,
    deployment: { number: 2 },
  });
  expect(await differing()).toEqual(["collector"]);
});

test("A24 the next execution's name is the documented pattern, and one that is free", async () => {
  const shop = createShop();
  const panel = panelOf(shop);
  const names = async () => (await panel.overview()).stacks.map((s) => s.nextExecutionName);
  expect(await names()).toEqual(["collector-20261126-100000", "core-20261126-100000", ""]);
  await shop.execute("collector", "collector-20261126-100000");
  expect((await names())[0]).toBe("collector-20261126-100000-2");
});

test("while an execution runs its stack shows it, cannot be executed again, and nothing can be burned", async () => {
  const shop = createShop();
  const panel = panelOf(shop);
  await upload(shop.bucket);
  await panel.deploy("collector");
  shop.hold("collect");
  const execution = shop.execute("collector", "collector-1");
  await until(async () => (await panel.overview()).running.length > 0);
  const { stacks, running } = await panel.overview();
  expect(running).toEqual([{ workflow: "collector", name: "collector-1" }]);
  expect(stacks[0]).toMatchObject({
    state: "executing",
    execute: { allowed: false, reason: "collector-1 is running" },
  });
  for (const stack of ["collector", "core", "responder"]) {
    expect(await panel.refusedBurn(stack)).toMatchObject({
      status: 409,
      message: "collector-1 is running: wait for its end, or stop it",
    });
  }
  shop.release("collect");
  await execution;
  expect((await panel.plan("collector")).burn).toEqual({ allowed: true, reason: null });
});

test("Q111 burning removes exactly what the plan names, never raw data, records or what is another stack's", async () => {
  const shop = createShop();
  const panel = panelOf(shop);
  await upload(shop.bucket);
  await panel.deploy("collector");
  await shop.execute("collector", "collector-1");
  await panel.deploy("core");
  await shop.execute("core", "core-1");
  await addCounts(shop.bucket, "core-1");
  await panel.deploy("responder");
  await shop.bucket.write("kpi/collector-1/daily.parquet", "figures");
  await shop.bucket.write("audit/2026.jsonl", "who did what");
  const ended = async (stack: string): Promise<BurnProgress> => {
    await until(async () => (await panel.plan(stack)).progress?.state !== "running");
    return (await panel.plan(stack)).progress!;
  };

  // As CloudFormation refuses to delete what another stack imports from.
  expect((await panel.refusedBurn("collector")).message).toBe(
    "the Responder Stack is built on it: burn that first",
  );
  expect((await panel.refusedBurn("core")).message).toBe(
    "the Responder Stack is built on it: burn that first",
  );
  expect(await panel.refusedBurn("responder", "resp")).toMatchObject({
    status: 400,
    fields: [{ path: "confirm" }],
  });

  const before = await paths(shop.bucket);
  await panel.burn("responder");
  expect(await ended("responder")).toMatchObject({ state: "succeeded", startedBy: "ada" });
  expect(await paths(shop.bucket)).toEqual(before);
  expect((await panel.plan("responder")).burn.reason).toBe("there is nothing to burn");
  expect((await panel.refusedBurn("collector")).message).toContain("Core Stack is built on it");

  const ofCore = /^(model|evaluation|batch_transform_inference_output)\//;
  const plan = await panel.plan("core");
  expect(plan.removed.reduce((sum, { objects }) => sum + objects, 0)).toBe(
    before.filter((path) => ofCore.test(path)).length,
  );
  expect(plan.removed[0]).toMatchObject({ what: "Recommendations: which one counts", objects: 1 });
  expect(plan.kept.map(({ what }) => what)).toContain("Raw data (raw_data/)");
  await panel.burn("core");
  expect((await ended("core")).steps.every(({ state }) => state === "done")).toBe(true);
  expect(await paths(shop.bucket)).toEqual(before.filter((path) => !ofCore.test(path)));

  await panel.burn("collector");
  await ended("collector");
  const ofCollector = /^(processed_data|kpi)\//;
  const left = before.filter((path) => !ofCore.test(path) && !ofCollector.test(path));
  expect(await paths(shop.bucket)).toEqual(left);
  for (const path of [...RAW.map((name) => `raw_data/${name}`), "audit/2026.jsonl"]) {
    expect(left).toContain(path);
  }
  expect(left).toContain("executions/core/core-1/journal.jsonl");
  const { stacks, served } = await panel.overview();
  expect(stacks.map(({ state }) => state)).toEqual(["absent", "absent", "absent"]);
  expect(served).toBeNull();
  expect(existsSync(shop.folder)).toBe(true);
  expect(panel.audited.filter(([action]) => action === "burn").map(([, stack]) => stack)).toEqual([
    "responder",
    "core",
    "collector",
  ]);

  // What was burned can be made again; the numbers of deployments go on.
  expect(await panel.deploy("collector")).toMatchObject({ deployment: { number: 2 } });
});

test("a stack that does not exist is not found", async () => {
  const panel = panelOf(createShop());
  expect(await panel.refusedDeploy("kpi")).toMatchObject({ status: 404 });
  expect(await panel.refusedBurn("..%2f..")).toMatchObject({ status: 404 });
});
