import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { readEvaluation, writeEvaluation } from "../../../src/core/evaluate/index.ts";
import { linearScale } from "../../../src/core/evaluate/report/charts/scale.ts";
import { reportPage } from "../../../src/core/evaluate/report/index.ts";
import type { Evaluation } from "../../../src/schema/index.ts";
import { folderBucket, ObjectNotFoundError, readManifest } from "../../../src/storage/index.ts";

const estimate = { value: 0.25, low: 0.2, high: 0.3 };
const metrics = { "ndcg@10": estimate, "recall@10": estimate, "hitRate@10": estimate };
const group = { users: 3, pairs: 30, predicted: 0.1234, observed: 0.1111 };
const evaluation: Evaluation = {
  formatVersion: 1,
  split: "per-user",
  part: "test",
  counts: { users: 4, items: 9, candidates: 9, rankedUsers: 4, evaluatedUsers: 3, relevant: 5 },
  ks: [10],
  definitions: { ndcg: "gain & <loss>" },
  scorers: [
    { name: "model", role: "model", metrics, lists: { "coverage@10": 0.5, "diversity@10": null } },
    { name: "popular", role: "baseline", metrics, lists: { "coverage@10": 0.1 } },
  ],
  differences: [{ against: "popular", metrics }],
  slices: [
    {
      name: "cold users",
      of: "users",
      description: "users with fewer than 5 items",
      users: 0,
      relevant: 0,
      scorers: [{ name: "model", metrics: {} }],
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
  gate: {
    metric: "ndcg@10",
    selected: true,
    reasons: ["passed: ndcg@10 0.2500 is above 0", "failed: something else"],
  },
};

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recsys-evaluation-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("the page needs nothing from outside: no script, no link, no address", () => {
  const page = reportPage(evaluation, "core-1");
  expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(|https?:/);
  expect(page).toMatch(/^<!doctype html>/);
});

test("the page says the verdict with its reasons, and escapes what it is given", () => {
  const page = reportPage(evaluation, "<b>&\"core'");
  expect(page).toContain("Evaluation of &#60;b&#62;&#38;&#34;core&#39;");
  expect(page).toContain('<li class="good"><span>ndcg@10 0.2500 is above 0');
  expect(page).toContain('<li class="bad"><span>something else');
  expect(page).toContain("gain &#38; &#60;loss&#62;");
});

test("every figure of a chart is a number, also where a group or a slice is empty", () => {
  const page = reportPage(evaluation, "core-1");
  expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
  expect(page).toContain("12.3 %"); // predicted 0.1234
});

test("an evaluation without anything to measure is still a page", () => {
  const empty: Evaluation = {
    ...evaluation,
    counts: { ...evaluation.counts, evaluatedUsers: 0, relevant: 0 },
    scorers: [{ name: "model", role: "model", metrics: {}, lists: {} }],
    differences: [],
    calibration: null,
    gate: { metric: "ndcg@10", selected: false, reasons: ["ndcg@10 cannot be measured"] },
  };
  expect(reportPage(empty, "core-1")).toContain("nothing to measure");
});

test("Q49 evaluation/<execution>/ holds metrics.json, report.html and a manifest with the decision", async () => {
  const bucket = folderBucket(folder, "prefix");
  const run = { execution: "core-1", startedAtSeconds: 1_700_000_000 };
  await writeEvaluation(bucket, run, evaluation, { model: "core-1", processed_data: "c-1" });
  const manifest = await readManifest(bucket, "evaluation", "core-1");
  expect(Object.keys(manifest.files)).toEqual(["metrics.json", "report.html"]);
  expect(manifest.inputs).toEqual({ model: "core-1", processed_data: "c-1" });
  expect(manifest.content).toEqual({ gate: evaluation.gate, counts: evaluation.counts });
  expect(manifest.createdAt).toBe("2023-11-14T22:13:20.000Z"); // when the stage started
  expect(await readEvaluation(bucket, "core-1")).toEqual(evaluation);
  const page = Buffer.from(await bucket.read("evaluation/core-1/report.html")).toString("utf8");
  expect(page).toBe(reportPage(evaluation, "core-1"));
});

test("an evaluation that is not finished, without its manifest, is not read", async () => {
  const bucket = folderBucket(folder, "prefix");
  await bucket.write("evaluation/core-1/metrics.json", Buffer.from(JSON.stringify(evaluation)));
  await expect(readEvaluation(bucket, "core-1")).rejects.toThrow(ObjectNotFoundError);
});

test("figures that are no evaluation are not written", async () => {
  const bucket = folderBucket(folder, "prefix");
  const run = { execution: "core-1", startedAtSeconds: 0 };
  const broken = { ...evaluation, part: "train" } as unknown as Evaluation;
  await expect(writeEvaluation(bucket, run, broken, {})).rejects.toThrow("part");
});

test("a scale ends in round ticks around the data", () => {
  const { ticks, at, places } = linearScale(0, 0.083, 100, 200);
  expect(ticks.map((tick) => tick.toFixed(places))).toEqual([
    "0.00",
    "0.02",
    "0.04",
    "0.06",
    "0.08",
    "0.10",
  ]);
  expect([at(0), at(0.05), at(0.1)].map(Math.round)).toEqual([100, 150, 200]);
  const flat = linearScale(0, 0, 0, 10);
  expect(Number.isFinite(flat.at(0))).toBe(true);
});
