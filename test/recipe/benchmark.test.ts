import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { type Protocol, runBenchmark } from "../../src/recipe/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { BenchmarkResult, RecSysConfig } from "../../src/schema/index.ts";
import { temporaryFolder } from "../storage/temporary-folder.ts";

const config = RecSysConfig.parse({
  training: { embeddingSize: 8, maxEpochs: 1 },
  evaluation: { bootstrapSamples: 100 },
});

/** A folder with raw files and, where given, a published test set. */
async function dataset(testLines?: string): Promise<string> {
  const folder = await temporaryFolder();
  await writeSampleShop(folder, { users: 60, items: 30, interactions: 900 });
  if (testLines !== undefined) writeFileSync(join(folder, "test.tsv"), testLines);
  return folder;
}

async function benchmark(folder: string, protocol: Protocol): Promise<BenchmarkResult> {
  return runBenchmark({
    folder,
    protocol,
    config,
    startedAtSeconds: 1_700_000_000,
    scratchFolder: await temporaryFolder(),
    signal: new AbortController().signal,
    report: () => undefined,
  });
}

test("with a test.tsv every raw row trains and the figures are about its pairs: popularity's recall is a person's count", async () => {
  const folder = await dataset();
  const had = new Map<string, Set<string>>();
  const text = readFileSync(join(folder, "user_item_interactions.csv"), "utf8");
  for (const row of text.trimEnd().split("\n")) {
    const [, user, item] = row.split(",");
    had.set(user!, (had.get(user!) ?? new Set()).add(item!));
  }
  const counts = new Map<string, number>();
  for (const items of had.values()) {
    for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  const byCount = [...counts.keys()].sort(
    (a, b) => counts.get(b)! - counts.get(a)! || Number(b) - Number(a),
  );
  // Each user's test item: one of those that they do not have, popular for one and rare for the next.
  const pairs = [...had].flatMap(([user, items], at) => {
    const unseen = byCount.filter((item) => !items.has(item));
    return unseen.length === 0 ? [] : [{ user, rank: (7 * at) % unseen.length, unseen }];
  });
  const lines = pairs.map(({ user, rank, unseen }) => `${user}\t${unseen[rank]!}\r\n`);
  writeFileSync(join(folder, "test.tsv"), lines.join(""));

  const result = BenchmarkResult.parse(await benchmark(folder, "auto"));
  expect(result.protocol).toBe("test.tsv");
  const steps = ["collect", "tune", "train", "baselines", "evaluate"];
  expect(Object.keys(result.seconds)).toEqual(steps);
  expect(result.peakRssBytes).toBeGreaterThan(1e7);
  const found = pairs.filter(({ rank }) => rank < 10).length / pairs.length;
  expect(found).toBeGreaterThan(0.3);
  expect(found).toBeLessThan(1);
  expect(result.baselines["popular"]?.["recall@10"].value).toBeCloseTo(found, 12);
});

test.each([
  ["product", "product"],
  ["leave-last-out", "leave-last-out"],
  ["cold-items", "cold-items"],
  ["auto", "product"],
] as const)("protocol %s without a test.tsv is %s", async (protocol, named) => {
  const result = BenchmarkResult.parse(await benchmark(await dataset(), protocol));
  expect(result.protocol).toBe(named);
  expect(result.model["recall@20"].value).toBeGreaterThan(0);
  const names = ["EASE", "content-kNN", "iALS", "item-kNN", "linear filter", "popular"];
  expect(Object.keys(result.baselines).sort()).toEqual(names);
  expect(Object.keys(result.baselineSeconds).sort()).toEqual(names);
  const fits = Object.values(result.baselineSeconds);
  expect(Math.min(...fits)).toBeGreaterThanOrEqual(0);
  expect(fits.reduce((sum, fit) => sum + fit)).toBeLessThanOrEqual(result.seconds["baselines"]!);
});

test.each([
  ["10\t11\n10 12\n", 'test.tsv:2: must be "user<tab>item", got "10 12"'],
  ["10\t11\t1\n", 'test.tsv:1: must be "user<tab>item"'],
  ["10\t11\n\nnobody\t11\n", 'test.tsv:3:1: user "nobody" is not in the raw files'],
  ["10\tnothing\n", 'test.tsv:1:4: item "nothing" is not in the raw files'],
])("a malformed test.tsv is refused with its place: %j", async (text, message) => {
  await expect(benchmark(await dataset(text), "auto")).rejects.toThrow(message);
});
