import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { popular } from "../../../src/core/baselines/index.ts";
import { Calibrator } from "../../../src/core/calibrate/index.ts";
import { type Dataset, popularity, type Scorer } from "../../../src/core/data/index.ts";
import { evaluateModel, type EvaluationTask } from "../../../src/core/evaluate/index.ts";
import { type Kernels, openKernels, random } from "../../../src/kernels/index.ts";
import { Evaluation, EvaluationConfig, PART } from "../../../src/schema/index.ts";
import { tinyDataset, type TinyRow } from "../data/tiny-dataset.ts";
import { plainEvaluation } from "./plain-evaluation.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openKernels({ wasm: await readFile("build/kernels.wasm"), threads: 1 });
});
afterAll(() => kernels.close());

const config = EvaluationConfig.parse({ ks: [1, 5, 10], bootstrapSamples: 200 });

function evaluate(task: Pick<EvaluationTask, "dataset" | "model"> & Partial<EvaluationTask>) {
  const signal = new AbortController().signal;
  return evaluateModel({ baselines: [], config, kernels, signal, report: () => {}, ...task });
}

/** Always the same scores: those of a table, one row a user. */
function tableScorer(table: readonly (readonly number[])[], name = "model"): Scorer {
  return {
    name,
    score(users, scores) {
      users.forEach((user, row) => {
        scores.set(table[user]!, row * table[user]!.length);
      });
    },
  };
}

/** Random rows and random scores with many ties. */
function randomShop(seed: number, users: number, items: number) {
  const draws = random(seed);
  const rows: TinyRow[] = [];
  const parts = ["train", "train", "train", "validation", "test"] as const;
  for (let user = 0; user < users; user++) {
    for (let n = draws.integer(12); n > 0; n--) {
      const part = parts[draws.integer(5)]!;
      const time = PART[part] * 1e6 + rows.length;
      const item = draws.integer(items);
      rows.push({ user, item, part, rating: 1 + draws.integer(5), timestamp: time });
    }
  }
  const table = Array.from({ length: users }, () =>
    Array.from({ length: items }, () => draws.integer(40) / 8),
  );
  const options = { users, items, ratings: "explicit", positiveThreshold: 3 } as const;
  return { rows, dataset: tinyDataset(rows, options), table };
}

test.each([1, 2, 3])(
  "Q61 every metric agrees with a plain implementation (seed %i)",
  async (seed) => {
    const { rows, dataset, table } = randomShop(seed, 300, 40); // more users than a block
    const { scorers, counts } = await evaluate({ dataset, model: tableScorer(table) });
    const expected = plainEvaluation(rows, table, { threshold: 3, ks: [1, 5, 10] });
    expect(counts.evaluatedUsers).toBe(expected.users);
    expect(counts.relevant).toBe(expected.relevant);
    for (const [name, value] of Object.entries(expected.metrics)) {
      expect(scorers[0]!.metrics[name]?.value, name).toBeCloseTo(value, 10);
    }
    expect(Object.keys(scorers[0]!.metrics)).toHaveLength(Object.keys(expected.metrics).length);
  },
);

test("A16 of equal scores the higher item comes first", async () => {
  const dataset = tinyDataset(
    [
      { user: 0, item: 0 },
      { user: 0, item: 3, part: "test" },
    ],
    { items: 4 },
  );
  const model = tableScorer([[1, 1, 1, 1]]);
  const { scorers } = await evaluate({ dataset, model });
  expect(scorers[0]!.metrics["hitRate@1"]!.value).toBe(1);
});

const small: Dataset = tinyDataset(
  [
    { user: 0, item: 0 },
    { user: 0, item: 1, part: "validation" },
    { user: 0, item: 2, part: "test" },
    { user: 1, item: 0 },
    { user: 1, item: 2 },
    { user: 2, item: 3, part: "test" },
  ],
  { items: 4 },
);
const smallTable = [
  [9, 8, 7, 6],
  [4, 3, 2, 1],
  [4, 3, 2, 1],
];

test("training and validation items are masked from a test ranking, training items alone from a validation one", async () => {
  const model = tableScorer(smallTable);
  const onTest = await evaluate({ dataset: small, model });
  expect(onTest.scorers[0]!.metrics["mrr@5"]!.value).toBe((1 + 1 / 4) / 2);
  const onValidation = await evaluate({ dataset: small, model, part: PART.validation });
  expect(onValidation.counts.evaluatedUsers).toBe(1);
  expect(onValidation.scorers[0]!.metrics["mrr@5"]!.value).toBe(1);
});

test("candidates alone are ranked, and other items are not relevant", async () => {
  const candidates = Uint8Array.of(0, 1, 0, 1);
  const model = tableScorer(smallTable);
  const { scorers, counts } = await evaluate({ dataset: small, model, candidates });
  expect(counts).toMatchObject({ candidates: 2, evaluatedUsers: 1, relevant: 1 });
  expect(scorers[0]!.metrics["mrr@5"]!.value).toBe(1 / 2); // items 1 and 3, in this order
  expect(scorers[0]!.lists["coverage@1"]).toBe(1);
});

test("users without history are a slice, and item slices count only their own items as relevant", async () => {
  const { slices } = await evaluate({ dataset: small, model: tableScorer(smallTable) });
  const byName = new Map(slices.map((slice) => [slice.name, slice]));
  expect(byName.get("cold users")).toMatchObject({ users: 2, relevant: 2 });
  expect(byName.get("cold items")).toMatchObject({ users: 1, relevant: 1 }); // item 3
  expect(byName.get("cold items")!.scorers[0]!.metrics["mrr@10"]!.value).toBe(1 / 4);
  expect(byName.get("low popularity")!.description).toBe("items with at most 1 user");
});

test("the baselines and what is served are compared with the model in pairs, and the gate decides", async () => {
  const { rows, dataset, table } = randomShop(4, 120, 20);
  const truth = table.map((row, user) =>
    row.map((_, item) =>
      rows.some((r) => r.user === user && r.item === item && r.part === "test" && r.rating! >= 3)
        ? 1
        : 0,
    ),
  );
  const baseline = popular(popularity(dataset, [PART.train, PART.validation]));
  const task = { dataset, baselines: [baseline] };
  const good = await evaluate({
    ...task,
    model: tableScorer(truth),
    served: tableScorer(table, "served"),
  });
  expect(good.gate.selected).toBe(true);
  expect(good.differences.map(({ against }) => against)).toEqual(["served", "popular"]);
  expect(good.differences[0]!.metrics["ndcg@10"]!.low).toBeGreaterThan(0);
  expect(Evaluation.parse(good)).toEqual(good);

  const bad = await evaluate({
    ...task,
    model: tableScorer(table),
    served: tableScorer(truth, "served"),
  });
  expect(bad.gate.selected).toBe(false);
  expect(bad.differences[0]!.metrics["ndcg@10"]!.value).toBeCloseTo(
    -good.differences[0]!.metrics["ndcg@10"]!.value,
    12,
  );
});

test("the same seed gives the same bytes, and a sample of users is what it says", async () => {
  const { dataset, table } = randomShop(5, 130, 20);
  const config = EvaluationConfig.parse({ maxUsers: 100, bootstrapSamples: 100 });
  const task = { dataset, model: tableScorer(table), config };
  const [first, second] = [await evaluate(task), await evaluate(task)];
  expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  const { userOffsets, part, rating, positiveThreshold } = dataset;
  const withSomething = [...userOffsets.subarray(1).keys()].filter((user) => {
    const rows = [...part.keys()].slice(userOffsets[user], userOffsets[user + 1]);
    return rows.some((row) => part[row] !== PART.test || rating[row]! >= positiveThreshold);
  });
  expect(first.counts).toMatchObject({ eligibleUsers: withSomething.length, rankedUsers: 100 });
});

test("the calibration counts every interaction whatever its rating, users without a hit included", async () => {
  const dataset = tinyDataset(
    [
      { user: 0, item: 0, rating: 5 },
      { user: 0, item: 1, rating: 1, part: "test" },
      { user: 1, item: 0, rating: 5 },
      { user: 1, item: 1, rating: 5 },
      { user: 1, item: 2, rating: 5, part: "test" },
    ],
    { items: 4, ratings: "explicit", positiveThreshold: 4 },
  );
  const flat = { activity: 0, logits: [0, 1] };
  const calibrator = new Calibrator({
    event: "e",
    horizon: 1,
    baseRate: 0.1,
    intercept: 0,
    logSoftmax: 1,
    activity: 0,
    start: 0,
    step: 1,
    curves: [flat],
  });
  const table = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  const { calibration } = await evaluate({ dataset, model: tableScorer(table), calibrator });
  // Softmax ¼ as a logit of log ¼ gives ¼ / (1 + ¼); 3 + 2 novel pairs, both held-out rows among them.
  expect(calibration!.groups.all).toMatchObject({ users: 2, pairs: 5, observed: 2 / 5 });
  expect(calibration!.groups.all!.predicted).toBeCloseTo(1 / 5, 6);
  expect(calibration!.groups.low).toMatchObject({ users: 1, pairs: 3 });
  expect(calibration!.reliability.expectedCalibrationError).toBeCloseTo(0.4, 1);
});

test("without any held-out item nothing is measured, and the model is rejected", async () => {
  const dataset = tinyDataset([{ user: 0, item: 0 }], { items: 2 });
  const result = await evaluate({ dataset, model: tableScorer([[1, 2]]) });
  expect(result.scorers[0]!.metrics).toEqual({});
  expect(result.gate.selected).toBe(false);
});

test("a scorer that gives NaN is refused by name", async () => {
  const model = tableScorer(
    [
      [1, NaN, 2, 3],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ],
    "broken",
  );
  await expect(evaluate({ dataset: small, model })).rejects.toThrow('the scorer "broken" gave');
});

test("an abort stops the evaluation with its reason", async () => {
  const signal = AbortSignal.abort(new Error("stopped by the user"));
  const model = tableScorer(smallTable);
  await expect(evaluate({ dataset: small, model, signal })).rejects.toThrow("stopped by the user");
});
