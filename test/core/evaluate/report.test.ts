import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { readEvaluation, writeEvaluation } from "../../../src/core/evaluate/index.ts";
import { linearScale } from "../../../src/page/index.ts";
import { reportPage } from "../../../src/core/evaluate/report/index.ts";
import type { Evaluation } from "../../../src/schema/index.ts";
import { nestingProblems } from "./open-tags.ts";
import { emptyEvaluation, evaluationOf, modelCard, type Rivalry } from "./report-fixture.ts";
import { folderBucket, ObjectNotFoundError, readManifest } from "../../../src/storage/index.ts";

const card = modelCard();
const evaluation = evaluationOf();

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recsys-evaluation-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** The page as a reader sees it: tags gone, white space as one space. */
function read(page: string): string {
  const body = page.slice(page.indexOf("<body>"));
  const text = body.replace(/<title>.*?<\/title>/gs, "").replace(/<[^>]*>/g, " ");
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ");
}

/** The headline of an evaluation. */
function headline(changed: Evaluation): string {
  return /<h1>(.*?)<\/h1>/.exec(reportPage(changed, card, "core-1"))![1]!;
}

const pages = {
  whole: reportPage(evaluation, card, "core-1"),
  empty: reportPage(emptyEvaluation(), card, "core-1"),
  "without anything tried": reportPage(
    evaluation,
    { ...card, race: [], fits: [], blends: [] },
    "core-1",
  ),
  "without baselines": reportPage(
    { ...evaluation, scorers: evaluation.scorers.slice(0, 1), differences: [] },
    card,
    "core-1",
  ),
};

test.each(Object.entries(pages))(
  "the page (%s) needs nothing from outside, is well nested, and every figure is a number",
  (_, page) => {
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(|https?:/);
    expect(nestingProblems(page)).toEqual([]);
    expect(page).not.toMatch(/NaN|Infinity|undefined|\[object|>null/);
  },
);

test.each(Object.entries(pages))("every column of every table (%s) has a head", (_, page) => {
  const heads = [...page.matchAll(/<th>(.*?)<\/th>/gs)].map(([, head]) => head!.trim());
  expect(heads.length).toBeGreaterThan(0);
  expect(heads).not.toContain("");
});

test("the same evaluation gives the same page", () => {
  expect(reportPage(evaluationOf(), modelCard(), "core-1")).toBe(pages.whole);
});

test("the page says the verdict with its reasons, and escapes what it is given", () => {
  const page = reportPage(evaluation, card, "<b>&\"core'");
  expect(page).toContain("Evaluation of &#60;b&#62;&#38;&#34;core&#39;");
  expect(page).toContain('<li class="good"><span>ndcg@10 0.3000 is above 0');
  expect(page).toContain('<li class="bad"><span>something else');
  expect(page).toContain("gain &#38; &#60;loss&#62;");
});

const behind: Rivalry = { model: 0.1, popular: 0.2, lead: [-0.15, -0.05] };
const level: Rivalry = { model: 0.21, popular: 0.2, lead: [-0.02, 0.04] };
const alone: Rivalry = { model: 0.1, popular: 0, lead: [0.05, 0.15] };
test.each([
  [
    undefined,
    "served: it finds 1.5 times as many of the items that people went on to choose as the best simple method, popular.",
  ],
  [
    alone,
    "served: it finds items that people went on to choose where the best simple method, popular, finds none.",
  ],
  [
    level,
    "served: it finds about as many of the items that people went on to choose as the best simple method, popular; the difference is within chance.",
  ],
  [
    behind,
    "served, but the best simple method, popular, finds 2.0 times as many of the items that people went on to choose.",
  ],
])("a selected model's headline counts what it finds %#", (rivalry, words) => {
  expect(headline(evaluationOf(rivalry))).toBe(`The new model is ${words}`);
});

test.each([
  [
    undefined,
    "rejected, although it finds 1.5 times as many of the items that people went on to choose as the best simple method, popular.",
  ],
  [
    behind,
    "rejected: the best simple method, popular, finds 2.0 times as many of the items that people went on to choose.",
  ],
])("a rejected model's headline says so first %#", (rivalry, words) => {
  const gate = { ...evaluation.gate, selected: false };
  expect(headline({ ...evaluationOf(rivalry), gate })).toBe(`The new model is ${words}`);
});

test("the headline follows the ratings, the baselines and the users that there are", () => {
  expect(headline({ ...evaluation, positiveThreshold: 3.5 })).toContain(
    "items that people went on to rate 3.5 or better",
  );
  expect(/<h1>(.*?)<\/h1>/.exec(pages["without baselines"])![1]).toBe(
    "The new model is served: 30 % of users find something they went on to choose among its first 10.",
  );
  expect(headline(emptyEvaluation())).toBe(
    "The new model is rejected: nobody has a held-out item to find, so nothing could be measured.",
  );
  expect(pages.empty).toContain("nothing to measure");
});

test("beside the headline stand the exact figures, paired", () => {
  expect(read(pages.whole)).toContain(
    "precision@10 0.3000 0.2000 +0.1000 +0.0500 … +0.1500 1.50 ( 1.25 … 1.75 )",
  );
});

test("the scorers stand in order of the gate's metric, with what each lead means", () => {
  const text = read(reportPage(evaluationOf(behind), card, "core-1"));
  expect(text).toMatch(/popular baseline .*model behind .*model evaluated here/);
});

test("of an example, hits on held-out items are marked, the rest is listed as not found, and titles are only text", () => {
  const { whole } = pages;
  expect(whole).toMatch(/<li class="hit"><span><span title="item 4">Found &#38; kept<\/span>/);
  expect(whole.match(/<li class="hit">/g)).toHaveLength(1);
  const text = read(whole);
  expect(text).toContain("User u<1> low activity, 12 items 1 of 2 held-out items in the first 2");
  expect(text).toContain('<script>alert("history")</script>');
  expect(text).toContain("item 5 –");
  expect(text).toContain("Not found: Missed</li>");
});

test("a title that is a whole text is cut, and shows on hover", () => {
  const examples = evaluation.examples.map((example) => ({
    ...example,
    history: [{ id: "3", name: "é".repeat(81) }],
  }));
  const page = reportPage({ ...evaluation, examples }, card, "core-1");
  expect(page).toContain(`<span title="item 3: ${"é".repeat(81)}">${"é".repeat(79)}…</span>`);
});

test("every candidate is listed with what differs, the one that went on is marked, and each step of the blend says what it added", () => {
  const text = read(pages.whole);
  expect(text).toContain("flat, τ 0.2 went on to full width with NDCG@10 0.1200");
  expect(text).toMatch(
    /history τ ω negatives epochs run .* flat 0\.2 0 64 2 0\.1200 went on flat 0\.28 0 64 1 0\.1100 ordered 0\.2 0 32 2/,
  );
  expect(text).toContain("flat, τ 0.2, ω 1"); // beside its line
  expect(text).toContain(
    "2 fits at full width took 10 and 20 epochs; 20 epochs did best, with NDCG@10 0.1250",
  );
  expect(text).toContain("Transitions 0 → 1.5 0.1300 +0.0050 +4.00 %");
  expect(text).toContain("Popularity prior β 0.5 → 0.7 0.1313 +0.0013 +1.00 %");
  expect(text).toContain(
    "Left out, since they added nothing or the data have none: linear model, content.",
  );
  expect(text).toContain("Epochs 20 passes over the training rows");
});

test("a sample of users is named as one", () => {
  expect(read(pages.whole)).toContain("ranked in full for 400 users, without");
  const counts = { ...evaluation.counts, eligibleUsers: 480_112 };
  const page = read(reportPage({ ...evaluation, counts }, card, "core-1"));
  expect(page).toContain("ranked in full for 400 users, drawn at random from 480,112, without");
});

test("slices of few users are warned of, and ones of none are named", () => {
  const text = read(pages.whole);
  expect(text).toContain("Fewer than 100 users stand behind: low activity (42).");
  expect(text).toContain("Nobody had anything to find in: cold users.");
});

test.each([
  ["latest", "predicts forward in that user's time"],
  ["random", "held out at random"],
  ["file", "came as a file of their own"],
] as const)("held-out rows that are %s are told as what they are", (heldOutRows, words) => {
  expect(read(reportPage({ ...evaluation, heldOutRows }, card, "core-1"))).toContain(words);
});

test("popularity bias is told in words against the best baseline", () => {
  const text = read(pages.whole);
  expect(text).toContain("show 50.0 % of the catalogue, popular's 10.0 %");
  expect(text).toContain("more evenly than popular (Gini 0.60 against 0.90)");
  expect(text).toContain("had by fewer users: 4.0 times rarer than"); // two bits
});

test("Q49 evaluation/<execution>/ holds metrics.json, report.html and a manifest with the decision", async () => {
  const bucket = folderBucket(folder, "prefix");
  const run = { execution: "core-1", startedAtSeconds: 1_700_000_000 };
  const inputs = { model: "core-1", processed_data: "c-1" };
  await writeEvaluation(bucket, run, { evaluation, card }, inputs);
  const manifest = await readManifest(bucket, "evaluation", "core-1");
  expect(Object.keys(manifest.files)).toEqual(["metrics.json", "report.html"]);
  expect(manifest.inputs).toEqual({ model: "core-1", processed_data: "c-1" });
  expect(manifest.content).toEqual({ gate: evaluation.gate, counts: evaluation.counts });
  expect(manifest.createdAt).toBe("2023-11-14T22:13:20.000Z"); // when the stage started
  expect(await readEvaluation(bucket, "core-1")).toEqual(evaluation);
  const page = Buffer.from(await bucket.read("evaluation/core-1/report.html")).toString("utf8");
  expect(page).toBe(pages.whole);
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
  await expect(writeEvaluation(bucket, run, { evaluation: broken, card }, {})).rejects.toThrow(
    "part",
  );
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
