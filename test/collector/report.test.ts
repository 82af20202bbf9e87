import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { collectStage, reportLines, validateRawFiles } from "../../src/collector/index.ts";
import { CollectorReport } from "../../src/schema/index.ts";
import { bucketWith, collect, DOCUMENTED, shop, stageRun } from "./shop.ts";

const codes = ({ warnings }: CollectorReport): string[] => warnings.map(({ code }) => code);

test("the report counts what is there: 2 users, 3 items, 4 rows of 3 pairs, sparsity 1 − 3/6", async () => {
  const { report } = await collect(shop("a,1,1,1\nb,1,1,1\nc,1,2,1\nd,2,1,1\n"));
  expect(CollectorReport.parse(report)).toEqual(report);
  expect(report.counts).toEqual({
    users: 2,
    items: 3,
    rows: 4,
    pairs: 3,
    sparsity: 0.5,
    usersWithTwoRows: 1,
    usersWithoutRows: 0,
    itemsWithoutRows: 1,
    itemsWithoutFeatures: 0,
    usersWithoutFeatures: 2,
  });
});

test("too many bad rows fail the run with the first 20 and the total, and nothing is lost", async () => {
  const bad = Array.from({ length: 30 }, (_, row) => `b${row},1,1,five\n`).join("");
  const { bucket, folder } = bucketWith(shop(`a,1,1,1\n${bad}`));
  const failure = await collectStage(bucket, stageRun()).then(() => "", String);
  expect(failure).toContain("30 of 31 rows (96.77 %) were set aside, at most 1 % may be");
  expect(failure).toContain(
    'raw_data/user_item_interactions.csv:2: bad_rating in rating, got "five"',
  );
  expect(failure.match(/got "five"/g)).toHaveLength(20);
  expect(failure).toContain("… and 10 more in quarantine.csv");
  const written = join(folder, "processed_data", "test-1");
  expect(readFileSync(join(written, "quarantine.csv"), "utf8").split("\n")).toHaveLength(32);
  expect(existsSync(join(written, "report.json"))).toBe(true);
  expect(existsSync(join(written, "manifest.json"))).toBe(false);
});

test("physical lines are right after values of several lines, blank lines and rows set aside", async () => {
  const text = 'a,1,1,1,"two\nlines"\n\nb,1,2,x,home\nc,1\nd,1,3,y,home\n"e",1,1,1,home\n';
  const { quarantine } = await collect(shop(text), { maxRejectedShare: 1 });
  const places = quarantine.map((line) => line.split(",").slice(1, 4).join(" "));
  expect(places.sort()).toEqual(["4 rating bad_rating", "5  column_count", "6 rating bad_rating"]);
});

test("validateRawFiles reports on a folder and writes nothing", async () => {
  const { folder } = bucketWith(DOCUMENTED);
  const report = await validateRawFiles(join(folder, "raw_data"), stageRun());
  expect(report.failures).toEqual([]);
  expect(report.files[0]).toMatchObject({ file: "user_item_interactions.csv", accepted: 7 });
  expect(existsSync(join(folder, "processed_data"))).toBe(false);
  const lines = reportLines(report).join("\n");
  expect(lines).toContain("7 users, 7 items, 7 interactions");
  expect(lines).toContain("few-interactions: there are only 7 interactions; collect more");
});

test.each([
  ["few-interactions", "a,1,1,1\n"],
  ["few-active-users", "a,1,1,1\n"],
  ["no-timestamps", "a,1,1,1\n"],
  ["timestamps-all-equal", "a,1,1,1,1600000000\nb,1,2,1,1600000000\n"],
  ["timestamps-in-future", "a,1,1,1,1700000001\n"],
  ["timestamps-before-1990", "a,1,1,1,631151999\n"],
  ["items-without-interactions", "a,1,1,1\n"],
  ["items-without-features", "a,1,9,1\n"],
])("it warns of %s", async (code, text) => {
  expect(codes((await collect(shop(text))).report)).toContain(code);
});

test.each([
  ["timestamps-in-future", "a,1,1,1,1700000000\n"],
  ["timestamps-before-1990", "a,1,1,1,631152000\n"],
  ["timestamps-all-equal", "a,1,1,1,1600000000\nb,1,2,1,1600000001\n"],
  ["items-without-features", "a,1,1,1\n"],
])("it does not warn of %s without reason", async (code, text) => {
  expect(codes((await collect(shop(text))).report)).not.toContain(code);
});

test("the table and the arrays hold the same rows in the same order: by user, time, then file order", async () => {
  const rows = Array.from(
    { length: 500 },
    (_, row) => `i${row},${(row * 7) % 13},${row % 3},1,s,${(row * 31) % 11}\n`,
  );
  const { interactions, parquet } = await collect(shop(rows.join("")));
  const table = (await parquet("interactions.parquet")) as Record<string, number>[];
  const column = (name: string): unknown[] => table.map((row) => row[name]);
  expect(column("item_index")).toEqual([...interactions["item"]!.values]);
  expect(column("timestamp")).toEqual([...interactions["timestamp"]!.values]);
  expect(column("part")).toEqual([...interactions["part"]!.values]);
  const keys = table.map((row) => [
    row["user_index"]!,
    row["timestamp"]!,
    Number(String(row["interaction_id"]).slice(1)),
  ]);
  expect(keys).toEqual(keys.toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!));
});

test("the same files give the same bytes", async () => {
  const hashes = async (): Promise<string> => {
    const { bucket, folder } = bucketWith(DOCUMENTED);
    await collectStage(bucket, stageRun());
    return readFileSync(join(folder, "processed_data", "test-1", "manifest.json"), "utf8");
  };
  expect(await hashes()).toBe(await hashes());
});

test("a stopped run rejects with the reason of the stop", async () => {
  const { bucket } = bucketWith(DOCUMENTED);
  const stop = new AbortController();
  stop.abort(new Error("stopped by hand"));
  await expect(collectStage(bucket, stageRun({}, { signal: stop.signal }))).rejects.toThrow(
    "stopped by hand",
  );
});
