import { expect, test } from "vitest";

import { addConfigurationRoutes } from "../../../src/panel/server/index.ts";
import {
  assignmentLayer,
  type Customization,
  resolveConfig,
  SETTINGS,
} from "../../../src/schema/index.ts";
import { asker } from "./answers.ts";
import { bareApp } from "./bare-app.ts";

const URL = "/panel/api/configuration";

test("Q102 Q103 Q104 every setting stands in exactly one form, with its words; the tabs hold the documented fields", async () => {
  const { app, context } = bareApp(addConfigurationRoutes);
  const { groups, values, draft } = await asker(app).json<Customization>({ url: URL });
  const paths = groups.flatMap(({ fields, more }) => [...fields, ...more].map(({ path }) => path));
  const expected = ["bucket", ...SETTINGS.map(({ path }) => path.join("."))];
  expect([...paths].sort()).toEqual([...expected].sort());
  for (const { label, description } of groups.flatMap(({ fields, more }) => [...fields, ...more])) {
    expect(label).toMatch(/^\S.*\S$/);
    expect(description.length).toBeGreaterThan(5);
  }
  const labels = (title: string): string[] =>
    groups.find((group) => group.title === title)!.fields.map(({ label }) => label);
  expect(labels("General")).toEqual(["Bucket Name", "Logging Group Name"]);
  const instance = ["Instance type", "Instance count", "Storage volume (GB)"];
  for (const title of ["Collector", "Training", "Evaluation", "Batch Transform"]) {
    expect(labels(title).slice(0, 3)).toEqual(instance);
  }
  expect(labels("Evaluation").slice(3)).toEqual([
    "Gate: metric",
    "Gate: list length",
    "Gate: threshold",
    "Gate: compare with what is served",
  ]);
  expect(labels("Training")).toContain("Seed");
  expect(groups.filter(({ stack }) => stack === "core").map(({ title }) => title)).toEqual([
    "Training",
    "Evaluation",
    "Batch Transform",
  ]);
  expect(draft).toEqual({});
  expect(values).toMatchObject({
    bucket: context.bucket.url,
    logGroup: "RecSys",
    "training.seed": 0,
  });
});

test("a draft is kept in the bucket, with who and when, and shown in what would be deployed", async () => {
  const { app, context, audited } = bareApp(addConfigurationRoutes);
  const { json } = asker(app);
  const draft = { "training.seed": 7, "instances.training.instanceType": "ml.c5.xlarge" };
  const saved = await json<Customization>({ method: "PUT", url: URL, payload: { draft } });
  expect(saved).toMatchObject({ draft, savedBy: "ada", savedAt: "2026-11-26T10:00:00.000Z" });
  const again = await asker(
    bareApp(addConfigurationRoutes, { bucket: context.bucket }).app,
  ).json<Customization>({ url: URL });
  expect(again.draft).toEqual(draft);
  expect(again.values).toMatchObject({ ...draft, "training.rounds": 20 });
  expect(audited).toEqual([["save draft", "configuration", Object.keys(draft).join(", ")]]);
});

test("a wrong draft is refused whole, with the problem of every field", async () => {
  const { app, context, audited } = bareApp(addConfigurationRoutes);
  const { refusal } = asker(app);
  const draft = {
    "training.seed": "seven",
    "evaluation.gate.threshold": 2,
    "evaluation.ks": [],
    "instances.collector.instanceCount": 0,
    "training.sead": 1,
    training: { seed: 1 },
    keepExecutions: null,
    "transform.kMax": 50,
  };
  const { status, code, fields } = await refusal({ method: "PUT", url: URL, payload: { draft } });
  expect([status, code]).toEqual([400, "invalid"]);
  expect(fields!.map(({ path }) => path).sort()).toEqual(
    Object.keys(draft)
      .filter((path) => path !== "transform.kMax")
      .sort(),
  );
  const problem = (path: string) => fields!.find((field) => field.path === path)!.problem;
  expect(problem("training.seed")).toBe(
    'training.seed must be a whole number of at least 0, got "seven"',
  );
  expect(problem("training.sead")).toContain("did you mean training.seed?");
  expect(problem("evaluation.gate.threshold")).toContain("a number from 0 to 1");
  expect(await context.bucket.list("")).toEqual([]);
  expect(audited).toEqual([]);
});

test("what file, environment or flags say, the bucket and the server's address are fixed", async () => {
  const base = resolveConfig([assignmentLayer(["training.seed=3"], [])]);
  const { app } = bareApp(addConfigurationRoutes, { base });
  const { json, refusal } = asker(app);
  const { fixed, values } = await json<Customization>({ url: URL });
  expect(fixed).toMatchObject({
    bucket: expect.stringContaining("--bucket") as string,
    "training.seed": "--set training.seed=3",
    "responder.port": "set when the server was started",
    bucketPrefix: "set when the server was started",
  });
  expect(fixed).not.toHaveProperty("training.threads");
  expect(values).toMatchObject({ "training.seed": 3 });
  const draft = { "training.seed": 4, bucket: "elsewhere", "responder.port": 1 };
  const { fields } = await refusal({ method: "PUT", url: URL, payload: { draft } });
  expect(fields!.map(({ path }) => path).sort()).toEqual(Object.keys(draft).sort());
});

test("what has become fixed, or is no setting any more, is left out of a draft kept before", async () => {
  const { app, context } = bareApp(addConfigurationRoutes);
  const draft = { "training.seed": 7, "training.threads": 4 };
  await asker(app).json({ method: "PUT", url: URL, payload: { draft } });
  const path = "deployments/draft.json";
  const text = Buffer.from(await context.bucket.read(path)).toString("utf8");
  await context.bucket.write(
    path,
    text.replace('"training.seed"', '"training.gone": 1, "training.seed"'),
  );
  const base = resolveConfig([assignmentLayer(["training.threads=1"], [])]);
  const later = asker(bareApp(addConfigurationRoutes, { bucket: context.bucket, base }).app);
  const { draft: left, values } = await later.json<Customization>({ url: URL });
  expect(left).toEqual({ "training.seed": 7 });
  expect(values).toMatchObject({ "training.seed": 7, "training.threads": 1 });
});

test("of two who edit the same draft, the second is told who was first", async () => {
  const { app } = bareApp(addConfigurationRoutes);
  const { json, refusal } = asker(app);
  const put = (seed: number, basedOn: string | null) =>
    ({ method: "PUT", url: URL, payload: { draft: { "training.seed": seed }, basedOn } }) as const;
  const { savedAt } = await json<Customization>(put(1, null));
  expect(await refusal(put(2, null))).toMatchObject({ status: 409, code: "conflict" });
  expect(await json<Customization>(put(3, savedAt))).toMatchObject({
    draft: { "training.seed": 3 },
  });
});

test("without data nothing can be estimated; with raw files time and price follow their size and the instances", async () => {
  const { app, context } = bareApp(addConfigurationRoutes);
  const { json } = asker(app);
  const before = await json<Customization>({ url: URL });
  expect(before.estimates.map(({ step, seconds, usd }) => [step, seconds, usd])).toEqual(
    ["Collect", "Train", "Evaluate", "Compare", "Refit", "Transform", "Merge"].map((step) => [
      step,
      null,
      null,
    ]),
  );
  const row = "00000000-0000-0000-0000-000000000000,12345,1234,1,recsys,1700000000\n"; // 68 bytes
  await context.bucket.write("raw_data/user_item_interactions.csv", row.repeat(1_000_000));
  await context.bucket.write("raw_data/item_features.csv", "1234,A title,['a']\n".repeat(10_000));
  const draft = {
    "instances.transform.instanceCount": 2,
    "instances.evaluation.instanceType": "ml.own.large",
  };
  const { estimates } = await json<Customization>({ method: "PUT", url: URL, payload: { draft } });
  const of = (name: string) => estimates.find(({ step }) => step === name)!;
  // docs/performance.md: a million rows of 50,000 users and 10,000 items.
  expect(of("Collect").seconds).toBeCloseTo(3, 1);
  expect(of("Train").seconds).toBeCloseTo(186, 0);
  // docs/scale.md: 30 s and 14.5 s for each billion of the 5 × 10⁸ pairs, of which each of two instances has half.
  const transform = (42 * (30 + 7.25 / 2)) / (30 + 7.25);
  expect(of("Transform").seconds).toBeCloseTo(transform, 1);
  expect(of("Collect").usd).toBeCloseTo((0.115 * 3) / 3600, 6);
  expect(of("Transform").usd).toBeCloseTo((2 * 0.115 * transform) / 3600, 6); // two instances
  expect(of("Evaluate").usd).toBeNull();
  expect(of("Evaluate").assumptions).toContain(
    "no price is known for ml.own.large; put it into prices.json in the bucket",
  );
  expect(of("Collect").isRough).toBe(true);
  expect(of("Collect").assumptions.join()).toContain("rough prices of 2024-06, to be looked up");
  expect(of("Train").assumptions.join()).toContain("1,000,000 rows");
});

test("the owner's prices in the bucket take the place of the rough ones, and a broken file is told", async () => {
  const { app, context } = bareApp(addConfigurationRoutes);
  const { json } = asker(app);
  const row = "00000000-0000-0000-0000-000000000000,12345,1234,1,recsys,1700000000\n";
  await context.bucket.write("raw_data/user_item_interactions.csv", row.repeat(100_000));
  await context.bucket.write("raw_data/item_features.csv", "1234,A title,['a']\n".repeat(10_000));
  const prices = { asOf: "November 2026", region: "eu-central-1", hourly: { "ml.own.large": 3.6 } };
  await context.bucket.write("prices.json", JSON.stringify(prices));
  const draft = { "instances.collector.instanceType": "ml.own.large" };
  const { estimates } = await json<Customization>({ method: "PUT", url: URL, payload: { draft } });
  const of = (all: Customization["estimates"], name: string) =>
    all.find(({ step }) => step === name)!;
  const collect = of(estimates, "Collect");
  expect(collect.usd).toBeCloseTo(collect.seconds! / 1000, 9); // 3.6 dollars an hour
  expect(collect.isRough).toBe(false);
  expect(collect.assumptions).toContain(
    "1 × ml.own.large in eu-central-1, by the prices of November 2026 in prices.json",
  );
  expect(of(estimates, "Train").isRough).toBe(true); // what the file leaves out stays rough

  await context.bucket.write(
    "prices.json",
    '{ "asOf": "now", "hourly": { "ml.own.large": "3.6" } }',
  );
  const broken = await json<Customization>({ url: URL });
  expect(of(broken.estimates, "Train").assumptions.join()).toMatch(
    /prices\.json in the bucket cannot be used \(region: .*hourly\.ml\.own\.large: .*\): it needs asOf, region and hourly/,
  );
  expect(of(broken.estimates, "Train").usd).toBeGreaterThan(0);
});

test("a body that is no draft is refused, naming the field that is missing", async () => {
  const { app } = bareApp(addConfigurationRoutes);
  const { refusal } = asker(app);
  expect(await refusal({ method: "PUT", url: URL, payload: { drafts: {} } })).toMatchObject({
    status: 400,
    fields: expect.arrayContaining([expect.objectContaining({ path: "draft" })]) as unknown,
  });
});
