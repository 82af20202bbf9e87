import type { ModelCard } from "../../../src/core/model/model-file.ts";
import type { Estimate, Evaluation } from "../../../src/schema/index.ts";
import { settingsOf } from "../train/settings-of.ts";

/** The model against one baseline in every metric, its lead with this 95 % interval. */
export interface Rivalry {
  readonly model: number;
  readonly popular: number;
  readonly lead: readonly [low: number, high: number];
}

const AHEAD: Rivalry = { model: 0.3, popular: 0.2, lead: [0.05, 0.15] };
const group = { users: 3, pairs: 30, predicted: 0.1234, observed: 0.1111 };

/** A whole evaluation, small and invented. */
export function evaluationOf({ model, popular, lead }: Rivalry = AHEAD): Evaluation {
  const [low, high] = lead;
  const difference = everyMetric({ value: model - popular, low, high });
  const scorers = [
    { name: "model", metrics: everyMetric(around(model)) },
    { name: "popular", metrics: everyMetric(around(popular)) },
  ];
  const differences = [{ against: "popular", metrics: difference }];
  return {
    formatVersion: 1,
    split: "per-user",
    part: "test",
    heldOutRows: "latest",
    positiveThreshold: null,
    counts: {
      users: 400,
      items: 9,
      candidates: 9,
      eligibleUsers: 400,
      rankedUsers: 400,
      evaluatedUsers: 300,
      relevant: 500,
    },
    ks: [5, 10],
    bootstrap: { samples: 1000, seed: 7 },
    definitions: { ndcg: "gain & <loss>" },
    scorers: [
      {
        ...scorers[0]!,
        role: "model",
        lists: { "coverage@10": 0.5, "gini@10": 0.6, "novelty@10": 4, "diversity@10": null },
      },
      {
        ...scorers[1]!,
        role: "baseline",
        lists: { "coverage@10": 0.1, "gini@10": 0.9, "novelty@10": 2 },
      },
    ],
    differences,
    slices: [
      {
        name: "cold users",
        of: "users",
        description: "users with fewer than 5 items",
        users: 0,
        relevant: 0,
        scorers: [
          { name: "model", metrics: {} },
          { name: "popular", metrics: {} },
        ],
        differences: [{ against: "popular", metrics: {} }],
      },
      {
        name: "low activity",
        of: "users",
        description: "users with at most 8 items",
        users: 42,
        relevant: 50,
        scorers,
        differences,
      },
    ],
    calibration: {
      event: "it happens",
      horizon: 2,
      k: 10,
      groups: { all: group, low: group, middle: null, high: group },
      reliability: {
        expectedCalibrationError: 0.0123,
        bins: [{ pairs: 30, lowest: 0.1, highest: 0.2, predicted: 0.1234, observed: 0.1111 }],
      },
    },
    examples: [
      {
        userId: "u<1>",
        activity: "low",
        historyItems: 12,
        history: [{ id: "3", name: '<script>alert("history")</script>' }],
        recommended: [
          { id: "4", name: "Found & kept", probability: 0.0421, hit: true },
          { id: "5", name: null, probability: null, hit: false },
        ],
        heldOut: [
          { id: "4", name: "Found & kept" },
          { id: "6", name: "Missed</li>" },
        ],
      },
    ],
    gate: {
      metric: "ndcg@10",
      selected: true,
      reasons: ["passed: ndcg@10 0.3000 is above 0", "failed: something else"],
    },
  };
}

/** The same with nobody to measure. */
export function emptyEvaluation(): Evaluation {
  const evaluation = evaluationOf();
  return {
    ...evaluation,
    counts: { ...evaluation.counts, evaluatedUsers: 0, relevant: 0 },
    scorers: [{ name: "model", role: "model", metrics: {}, lists: {} }],
    differences: [],
    slices: [],
    calibration: null,
    examples: [],
    gate: { metric: "ndcg@10", selected: false, reasons: ["ndcg@10 cannot be measured"] },
  };
}

/** A race of two forms and two temperatures, two fits at full width, and three steps of the blend. */
export function modelCard(): ModelCard {
  const none = { linear: 0, transition: 0, content: 0 };
  const curve = [
    { epoch: 1, loss: 9, ndcg: 0.1, popularityPrior: 0.5 },
    { epoch: 2, loss: 7, ndcg: 0.12, popularityPrior: 0.5 },
  ];
  const ordered = settingsOf({ history: "ordered", negatives: 32 });
  const flat = settingsOf({ history: "flat" });
  return {
    settings: {
      ...flat,
      blend: { popularityPrior: 0.7, branches: { ...none, transition: 1.5 } },
    },
    calibrator: {
      event: "it happens",
      horizon: 2,
      intercept: 0,
      logSoftmax: 1,
      activity: 0,
      start: -10,
      baseRate: 0.5,
      step: 10,
      curves: [{ activity: 0, logits: [-10, 0] }],
    },
    race: [
      { settings: ordered, ndcg: 0.1, curve },
      { settings: flat, ndcg: 0.12, curve },
      { settings: { ...flat, temperature: 0.28 }, ndcg: 0.11, curve: curve.slice(0, 1) },
      { settings: { ...flat, userWeightExponent: 1 }, ndcg: 0.09, curve },
    ],
    fits: [
      { settings: { ...flat, epochs: 10 }, ndcg: 0.118, curve },
      { settings: { ...flat, epochs: 20 }, ndcg: 0.125, curve },
    ],
    blends: [
      { blend: { popularityPrior: 0.5, branches: none }, ndcg: 0.125 },
      { blend: { popularityPrior: 0.5, branches: { ...none, transition: 1.5 } }, ndcg: 0.13 },
      { blend: { popularityPrior: 0.7, branches: { ...none, transition: 1.5 } }, ndcg: 0.1313 },
    ],
  };
}

function around(value: number): Estimate {
  return { value, low: Math.max(0, value - 0.05), high: value + 0.05 };
}

function everyMetric(estimate: Estimate): Record<string, Estimate> {
  const names = ["ndcg", "recall", "precision", "hitRate"];
  return Object.fromEntries(
    names.flatMap((name) => [5, 10].map((k) => [`${name}@${k}`, estimate])),
  );
}
