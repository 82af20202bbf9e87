import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { Calibrator } from "../../../src/core/calibrate/index.ts";
import type { Scorer } from "../../../src/core/data/index.ts";
import { evaluateModel, type EvaluationTask } from "../../../src/core/evaluate/index.ts";
import { type Kernels, openKernels } from "../../../src/kernels/index.ts";
import { EvaluationConfig, PART, type Progress } from "../../../src/schema/index.ts";
import { tinyDataset } from "../data/tiny-dataset.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openKernels({ wasm: await readFile("build/kernels.wasm"), threads: 1 });
});
afterAll(() => kernels.close());

/** The same scores for every user. */
function flatScorer(name: string, row: readonly number[]): Scorer {
  return {
    name,
    score(users, scores) {
      users.forEach((_, at) => {
        scores.set(row, at * row.length);
      });
    },
  };
}

// Users 0 and 1 have item 0 and are to be shown item 2; user 2 has items 0 and 1 and user 3 nothing.
const dataset = tinyDataset(
  [
    { user: 0, item: 0 },
    { user: 0, item: 1, part: "validation" },
    { user: 0, item: 2, part: "test" },
    { user: 1, item: 0 },
    { user: 1, item: 2, part: "test" },
    { user: 2, item: 0 },
    { user: 2, item: 1 },
  ],
  { users: 4, items: 5, split: "hand-made" },
);
const model = flatScorer("two-tower", [5, 4, 3, 2, 1]);
const served = flatScorer("served", [1, 2, 3, 4, 5]);
const baseline = flatScorer("popular", [1, 2, 5, 4, 3]);

function evaluate(task: Partial<EvaluationTask> = {}) {
  const config = EvaluationConfig.parse({ ks: [3, 1, 3], bootstrapSamples: 100, gate: { k: 2 } });
  const signal = new AbortController().signal;
  const rest = { baselines: [baseline], config, kernels, signal, report: () => {} };
  return evaluateModel({ dataset, model, ...rest, ...task });
}

test("says what was evaluated, on whom, and at which lengths", async () => {
  const evaluation = await evaluate();
  expect(evaluation).toMatchObject({
    formatVersion: 1,
    split: "hand-made",
    part: "test",
    counts: {
      users: 4,
      items: 5,
      candidates: 5,
      eligibleUsers: 3,
      rankedUsers: 3,
      evaluatedUsers: 2,
      relevant: 2,
    },
    ks: [1, 2, 3], // the gate's length among them
    calibration: null, // there is no calibrator
  });
  const candidates = Uint8Array.of(1, 0, 1, 1, 0);
  expect((await evaluate({ candidates })).counts.candidates).toBe(3);
  const validation = await evaluate({ part: PART.validation });
  expect(validation.part).toBe("validation");
  expect(validation.counts).toMatchObject({ evaluatedUsers: 1, relevant: 1 });
});

test("measures the model first, then what is served, then the baselines, each by its role", async () => {
  const { scorers, differences } = await evaluate({ served });
  // Item 2 is shown after masking: by the model 2nd to user 1 (who lacks item 1) and 1st to user 0.
  const rank = (at: number) => scorers[at]!.metrics["mrr@3"]!.value;
  expect(scorers.map(({ name, role }, at) => [name, role, rank(at)])).toEqual([
    ["two-tower", "model", (1 + 1 / 2) / 2],
    ["served", "served", 1 / 3],
    ["popular", "baseline", 1],
  ]);
  const leads = differences.map(({ against, metrics }) => [against, metrics["mrr@3"]!.value]);
  expect(leads).toEqual([
    ["served", 3 / 4 - 1 / 3],
    ["popular", 3 / 4 - 1],
  ]);
  // The model's lists of one: item 2 to users 0 and 2, item 1 to user 1.
  expect(scorers[0]!.lists["coverage@1"]).toBe(2 / 5);
  expect(scorers[1]!.lists["coverage@1"]).toBe(1 / 5);
});

test("every figure of the page has its definition in words", async () => {
  const { scorers, definitions } = await evaluate();
  const { metrics, lists } = scorers[0]!;
  const names = [...Object.keys(metrics), ...Object.keys(lists)].map((name) => name.split("@")[0]!);
  expect(Object.keys(definitions).toSorted()).toEqual([...new Set(names)].toSorted());
  for (const [name, words] of Object.entries(definitions)) {
    expect(words.length, name).toBeGreaterThan(20);
  }
});

test("a slice has the figures of every scorer at the gate's length", async () => {
  const { slices } = await evaluate();
  const byName = new Map(slices.map((slice) => [slice.name, slice]));
  expect(byName.get("cold users")).toMatchObject({ of: "users", users: 2, relevant: 2 });
  const { scorers } = byName.get("cold users")!;
  expect(scorers.map(({ name, metrics }) => [name, metrics["mrr@2"]!.value])).toEqual([
    ["two-tower", 3 / 4],
    ["popular", 1],
  ]);
  expect(Object.keys(scorers[0]!.metrics).every((name) => name.endsWith("@2"))).toBe(true);
  // Nobody of the busiest third is to be shown anything.
  expect(byName.get("high activity")).toMatchObject({ users: 0, relevant: 0 });
});

test("the calibration judges ten places, however short the lists that are measured", async () => {
  const rows = Array.from({ length: 12 }, (_, item) => ({ user: 1, item }));
  const many = tinyDataset([{ user: 0, item: 0 }, { user: 0, item: 1, part: "test" }, ...rows], {
    items: 12,
  });
  const calibrator = new Calibrator({
    event: "e",
    horizon: 1,
    baseRate: 0.1,
    intercept: 0,
    logSoftmax: 1,
    activity: 0,
    start: 0,
    step: 1,
    curves: [{ activity: 0, logits: [0, 1] }],
  });
  const equal = flatScorer("model", new Array<number>(12).fill(0));
  const { calibration } = await evaluate({
    dataset: many,
    model: equal,
    calibrator,
    baselines: [],
  });
  expect(calibration!.groups.all).toMatchObject({ users: 1, pairs: 10 });
  // Each of twelve equal scores has the softmax 1/12, which this calibrator makes 1/13.
  expect(calibration!.groups.all!.predicted).toBeCloseTo(1 / 13, 6);
});

test("tells what it does: each ranking, then the comparison", async () => {
  const told: Progress[] = [];
  await evaluate({ report: (progress) => told.push(progress) });
  const activities = told.map(({ activity }) => activity);
  expect(activities).toEqual(["rank by two-tower", "rank by popular", "compare the rankings"]);
});

test("another seed draws other intervals around the same figures", async () => {
  const seeded = async (seed: number) => {
    const config = EvaluationConfig.parse({ bootstrapSamples: 100, seed });
    const users = Array.from({ length: 30 }, (_, user) => user);
    const many = tinyDataset(
      users.map((user) => ({ user, item: user % 5, part: "test" })),
      { items: 5 },
    );
    const { scorers } = await evaluate({ dataset: many, config, baselines: [] });
    return scorers[0]!.metrics["mrr@10"]!;
  };
  const [first, second] = [await seeded(1), await seeded(2)];
  expect(first.value).toBe(second.value);
  expect([first.low, first.high]).not.toEqual([second.low, second.high]);
});
