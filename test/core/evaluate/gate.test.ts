import { expect, test } from "vitest";

import { gate } from "../../../src/core/evaluate/index.ts";
import {
  type Difference,
  EvaluationConfig,
  type ScorerEvaluation,
} from "../../../src/schema/index.ts";

const config = EvaluationConfig.parse({}).gate;

function scorer(name: string, role: ScorerEvaluation["role"], value: number): ScorerEvaluation {
  return {
    name,
    role,
    metrics: { "ndcg@10": { value, low: value - 0.01, high: value + 0.01 } },
    lists: {},
  };
}

function against(name: string, low: number, high: number): Difference {
  return { against: name, metrics: { "ndcg@10": { value: (low + high) / 2, low, high } } };
}

test("Q62 A10 by default a model at least as good as popularity and above 0 is selected", () => {
  const decide = (model: number) =>
    gate(config, [scorer("model", "model", model), scorer("popular", "baseline", 0.05)], []);
  expect(decide(0.05).selected).toBe(true);
  expect(decide(0.0499).selected).toBe(false);
  expect(decide(0.0499).reasons).toContain(
    "failed: ndcg@10 0.0499 is below the popularity baseline's 0.0500",
  );
});

test("A10 a model that finds nothing is rejected even where popularity finds nothing either", () => {
  const decision = gate(
    config,
    [scorer("model", "model", 0), scorer("popular", "baseline", 0)],
    [],
  );
  expect(decision.selected).toBe(false);
  expect(decision.reasons).toContain("failed: ndcg@10 0.0000 is not above 0");
});

test("Q62 a threshold takes the place of the popularity baseline", () => {
  const scorers = [scorer("model", "model", 0.1), scorer("popular", "baseline", 0.2)];
  expect(gate({ ...config, threshold: 0.1 }, scorers, []).selected).toBe(true);
  const rejected = gate({ ...config, threshold: 0.11 }, scorers, []);
  expect(rejected.selected).toBe(false);
  expect(rejected.reasons).toEqual(["failed: ndcg@10 0.1000 is below the threshold 0.1100"]);
});

test("A10 a model below what is served is rejected only when the paired interval lies below 0", () => {
  const scorers = [scorer("model", "model", 0.1), scorer("served", "served", 0.12)];
  const decide = (low: number, high: number, rest = {}) =>
    gate({ ...config, ...rest }, scorers, [against("served", low, high)]).selected;
  expect(decide(-0.03, -0.001)).toBe(false);
  expect(decide(-0.03, 0.001)).toBe(true);
  expect(decide(-0.03, -0.001, { compareWithServed: false })).toBe(true);
});

test("Q62 a model that cannot be measured is rejected, and the reason says so", () => {
  const decision = gate(config, [{ name: "model", role: "model", metrics: {}, lists: {} }], []);
  expect(decision.selected).toBe(false);
  expect(decision.reasons[0]).toContain("no user has a held-out relevant item");
});

test("the gate judges by the configured metric and list length", () => {
  const metrics = { "recall@5": { value: 0.3, low: 0.2, high: 0.4 } };
  const decision = gate(
    { ...config, metric: "recall", k: 5, threshold: 0.3 },
    [{ name: "model", role: "model", metrics, lists: {} }],
    [],
  );
  expect(decision).toMatchObject({ metric: "recall@5", selected: true });
});

test("A10 an interval that touches 0 is not wholly below it, and the reason gives it in full", () => {
  const scorers = [scorer("model", "model", 0.1), scorer("served", "served", 0.12)];
  const decision = gate(config, scorers, [against("served", -0.04, 0)]);
  expect(decision).toEqual({
    metric: "ndcg@10",
    selected: true,
    reasons: [
      "passed: ndcg@10 0.1000 is above 0",
      "passed: ndcg@10 is not below the served configuration's by more than chance " +
        "(difference -0.0200, 95 % interval -0.0400 to 0.0000)",
    ],
  });
});

test("A10 without a popularity baseline a model that finds nothing is still rejected", () => {
  expect(gate(config, [scorer("model", "model", 0)], [])).toEqual({
    metric: "ndcg@10",
    selected: false,
    reasons: ["failed: ndcg@10 0.0000 is not above 0"],
  });
});

test("A10 only the comparison with what is served counts, wherever it stands among the others", () => {
  const scorers = [
    scorer("popular", "baseline", 0.05),
    scorer("model", "model", 0.1),
    scorer("now", "served", 0.12),
  ];
  const far = against("popular", -0.5, -0.4);
  expect(gate(config, scorers, [far, against("now", -0.03, 0.001)]).selected).toBe(true);
  const rejected = gate(config, scorers, [far, against("now", -0.04, -0.02)]);
  expect(rejected.selected).toBe(false);
  expect(rejected.reasons).toEqual([
    "passed: ndcg@10 0.1000 is above 0",
    "passed: ndcg@10 0.1000 reaches the popularity baseline's 0.0500",
    "failed: ndcg@10 is below the served configuration's " +
      "(difference -0.0300, 95 % interval -0.0400 to -0.0200)",
  ]);
});

test("A10 where nothing is served yet, a lead over other baselines is no condition", () => {
  const scorers = [scorer("model", "model", 0.1), scorer("item-knn", "baseline", 0.9)];
  const decision = gate(config, scorers, [against("item-knn", -0.9, -0.7)]);
  expect(decision.selected).toBe(true);
  expect(decision.reasons).toEqual(["passed: ndcg@10 0.1000 is above 0"]);
});

test("Q62 a threshold that is just reached is enough, and the reason says so", () => {
  const decision = gate({ ...config, threshold: 0 }, [scorer("model", "model", 0)], []);
  expect(decision).toMatchObject({
    selected: true,
    reasons: ["passed: ndcg@10 0.0000 reaches the threshold 0.0000"],
  });
});
