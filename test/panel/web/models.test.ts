import { describe, expect, it } from "vitest";

import { metricHistory, metricsOf } from "../../../src/panel/web/pages/models/metric-history.ts";
import { metricGrid } from "../../../src/panel/web/pages/models/metric-grid.ts";
import { metricName, withMetricNames } from "../../../src/panel/web/format/metric-names.ts";
import {
  calibrationWords,
  conditionOf,
  fateOf,
  gateMetric,
  gateWords,
  leadFigure,
  leadWords,
} from "../../../src/panel/web/pages/models/model-words.ts";
import type { ModelSummary } from "../../../src/schema/index.ts";

type Execution = ModelSummary["execution"];

function model(
  parts: Partial<ModelSummary> = {},
  execution: Partial<Execution> = {},
): ModelSummary {
  return {
    execution: {
      workflow: "core",
      name: "core-1",
      status: "succeeded",
      rejected: false,
      startedAt: null,
      endedAt: null,
      state: null,
      detail: "",
      startedBy: null,
      current: false,
      figures: {},
      ...execution,
    },
    metrics: { "ndcg@10": { value: 0.2, low: 0.19, high: 0.21 } },
    bestBaseline: { name: "item neighbours", value: 0.16 },
    gate: {
      metric: "ndcg@10",
      selected: true,
      reasons: ["passed: ndcg@10 0.2000 reaches the threshold 0.1500"],
      threshold: 0.15,
    },
    promotion: null,
    calibration: 1,
    dataCreatedAt: null,
    hasReport: true,
    ...parts,
  };
}

describe("a model in plain words", () => {
  it("its lead over the best simple method is a share of what that reaches", () => {
    expect(leadWords(model())).toBe("25.0 % better than the best simple method, item neighbours.");
    expect(leadFigure(model())).toBe("+25.0 % against item neighbours");
  });

  it("a difference within the interval is none to speak of", () => {
    const close = model({ bestBaseline: { name: "popular", value: 0.205 } });
    expect(leadWords(close)).toMatch(/^About as good as the best simple method, popular/);
  });

  it("compared user by user, a lead within the interval may be clear, and one beyond it none", () => {
    const small = {
      name: "popular",
      value: 0.195,
      lead: { value: 0.005, low: 0.001, high: 0.009 },
    };
    expect(leadWords(model({ bestBaseline: small }))).toBe(
      "2.6 % better than the best simple method, popular.",
    );
    const wide = { name: "popular", value: 0.15, lead: { value: 0.05, low: -0.01, high: 0.11 } };
    expect(leadWords(model({ bestBaseline: wide }))).toMatch(/^About as good as/);
  });

  it("a model below the simple method says so", () => {
    const worse = model({ bestBaseline: { name: "popular", value: 0.25 } });
    expect(leadWords(worse)).toBe("20.0 % worse than the best simple method, popular.");
    expect(leadFigure(worse)).toBe("−20.0 % against popular");
  });

  it("a simple method that finds nothing is not divided by", () => {
    const nothing = model({ bestBaseline: { name: "random", value: 0 } });
    expect(leadWords(nothing)).toBe(
      "The best simple method, random, finds nothing; the model does better.",
    );
    expect(leadFigure(nothing)).toBe("–");
  });

  it("probabilities twice as high as what happens promise too much", () => {
    expect(calibrationWords(2)).toContain("too much");
    expect(calibrationWords(2)).toContain("about 5.0 % happens");
    expect(calibrationWords(0.5)).toContain("too little");
    expect(calibrationWords(1.04)).toContain("come true");
    expect(calibrationWords(null)).toContain("not measured");
  });

  it("Q62 what became of it follows the gate, the promotion and what is served", () => {
    const rejected = { metric: "ndcg@10", selected: false, reasons: [], threshold: null };
    const promotion = { by: "ada", at: "2026-11-26T10:00:00Z", reason: "checked by hand" };
    expect([
      fateOf(model()),
      fateOf(model({}, { current: true })),
      fateOf(model({ gate: rejected }, { status: "failed" })),
      fateOf(model({ gate: rejected, promotion })),
      fateOf(model({}, { status: "failed" })),
      fateOf(model({}, { status: "running" })),
    ]).toEqual(["passed", "served", "rejected", "promoted", "failed", "unfinished"]);
  });

  it("a condition of the gate is met or not", () => {
    expect(conditionOf("failed: ndcg@10 is below")).toEqual({
      isMet: false,
      words: "ndcg@10 is below",
    });
    expect(conditionOf("ndcg@10 cannot be measured")).toEqual({
      isMet: null,
      words: "ndcg@10 cannot be measured",
    });
  });

  it("the server's reasons name them likewise, and nothing else is changed", () => {
    expect(withMetricNames("ndcg@10 0.1 is below; hitRate@5 is not; the map is not the land")).toBe(
      "NDCG@10 0.1 is below; Hit rate@5 is not; the map is not the land",
    );
  });

  it("metrics stand in rows and lengths in columns, in the order of numbers", () => {
    expect(metricGrid({ "ndcg@10": 1, "ndcg@5": 2, "recall@5": 3, coverage: 4 })).toEqual({
      lengths: ["", "5", "10"],
      rows: [
        { metric: "ndcg", at: { "5": 2, "10": 1 } },
        { metric: "recall", at: { "5": 3 } },
        { metric: "coverage", at: { "": 4 } },
      ],
    });
  });

  it("Q62 the gate's metric is named beside its threshold", () => {
    const gate = { metric: "recall@10", selected: true, reasons: [], threshold: 0.15 };
    expect(gateWords(gate)).toBe("Recall@10, at least 0.1500");
    expect(gateWords({ ...gate, threshold: null })).toBe("Recall@10, without a threshold");
    expect(gateMetric(model({ gate }))).toBe("recall@10");
    expect(gateMetric(model({ gate: null }))).toBeNull();
  });

  it("metrics have the field's names", () => {
    expect(["ndcg@10", "mrr@10", "hitRate@20", "coverage"].map(metricName)).toEqual([
      "NDCG@10",
      "MRR@10",
      "Hit rate@20",
      "Coverage",
    ]);
  });
});

describe("a metric over time", () => {
  const older = model(
    { metrics: { "ndcg@10": { value: 0.18, low: 0.17, high: 0.19 } } },
    { name: "core-0" },
  );
  const unmeasured = model({ metrics: {}, gate: null }, { name: "core-x" });

  it("goes from the oldest to the newest and leaves out what was not measured", () => {
    const history = metricHistory([model(), unmeasured, older], "ndcg@10");
    expect(history.executions).toEqual(["core-0", "core-1"]);
    expect(history.value).toEqual([
      { x: "core-0", y: 0.18 },
      { x: "core-1", y: 0.2 },
    ]);
    expect(history.low.map(({ y }) => y)).toEqual([0.17, 0.19]);
  });

  it("Q62 has the threshold only beside the metric that the gate judges by", () => {
    const recall = { "recall@10": { value: 0.4, low: 0.3, high: 0.5 } };
    const both = model({ metrics: { ...recall, ...model().metrics } });
    expect(gateMetric(both)).toBe("ndcg@10");
    expect(metricHistory([both], "ndcg@10").threshold).toBe(0.15);
    expect(metricHistory([both], "recall@10")).toMatchObject({ threshold: null, baseline: [] });
    expect(metricsOf([both])).toEqual(["ndcg@10", "recall@10"]);
  });

  it("leaves air around everything that is drawn, the threshold included", () => {
    const { lowest, highest } = metricHistory([model()], "ndcg@10");
    expect(lowest).toBeLessThan(0.15);
    expect(highest).toBeGreaterThan(0.21);
  });
});
