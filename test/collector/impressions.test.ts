import { gzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { collectStage } from "../../src/collector/index.ts";
import { readManifest } from "../../src/storage/index.ts";
import { bucketWith, collect, type RawTexts, shop, stageRun } from "./shop.ts";

const INTERACTIONS = "a,1,1,1,search,100\nb,2,2,1,recsys,200\n";

function withImpressions(impressions: string | Uint8Array, name = "impressions.csv"): RawTexts {
  return shop(INTERACTIONS, { [name]: impressions });
}

function row(id: string, rest: object = {}): object {
  return {
    impression_id: id,
    user_id: "1",
    item_id: "2",
    source: "recsys",
    timestamp: 150,
    value: null,
    ...rest,
  };
}

test("impressions are read by position, with and without a value, packed or not", async () => {
  const six = await collect(withImpressions("x,1,2,150,recsys,\ny,9,7,160,,12.5\n"));
  const expected = [
    row("x"),
    row("y", { user_id: "9", item_id: "7", timestamp: 160, source: null, value: 12.5 }),
  ];
  expect(await six.parquet("impressions.parquet")).toEqual(expected);
  expect(six.content).toMatchObject({ impressions: 2, rows: 2, users: 2, items: 3 });
  const five = await collect(withImpressions(gzipSync("x,1,2,150,recsys\n"), "impressions.csv.gz"));
  expect(await five.parquet("impressions.parquet")).toEqual([row("x")]);
});

test("A1 a header that holds the five names decides where the columns are; others are not used", async () => {
  const text = "Source,page,ITEM_ID,user_id,timestamp,impression_id\nrecsys,home,2,1,150,x\n";
  const { report, parquet } = await collect(withImpressions(text));
  expect(await parquet("impressions.parquet")).toEqual([row("x")]);
  expect(report.files.at(-1)).toEqual({
    file: "raw_data/impressions.csv",
    header: true,
    columns: ["source", "item_id", "user_id", "timestamp", "impression_id"],
    records: 1,
    accepted: 1,
    rejected: 0,
  });
  expect(report.warnings.find(({ code }) => code === "unused-columns")?.words).toBe(
    "raw_data/impressions.csv has columns that are not used: page",
  );
  expect(report.decisions).toContainEqual({
    subject: "raw_data/impressions.csv",
    decision: "it has a header",
    reason: "its first row holds the columns' names",
  });
});

test("bad impressions are set aside with line, column, rule and what to do; of two with one id the first is kept", async () => {
  const lines = [
    "x,1,2,150,recsys,",
    " ,1,2,150,recsys,1",
    "b,,2,150,recsys,1",
    "c,1, ,150,recsys,1",
    "d,1,2,,recsys,1",
    "e,1,2,-4,recsys,1",
    "f,1,2,150,recsys,ten",
    "g,1,2,150,recsys,inf",
    "h,1,2,150,recsys,1_0",
    "i,1,2,150,recsys,1e16",
    "x,3,3,170,search,5",
    "j,1,2,150",
    'k,1,2,150,"recsys"x,1',
    'l,1,2,150,"rec,sys", 1e3 ',
  ];
  const { quarantine, content, parquet } = await collect(withImpressions(`${lines.join("\n")}\n`), {
    maxRejectedShare: 1,
  });
  const cells = quarantine.map((line) => line.split(",").slice(0, 4).join(","));
  expect(cells).toEqual([
    "raw_data/impressions.csv,12,,column_count",
    "raw_data/impressions.csv,13,,quotes",
    "raw_data/impressions.csv,2,impression_id,missing_id",
    "raw_data/impressions.csv,3,user_id,missing_id",
    "raw_data/impressions.csv,4,item_id,missing_id",
    "raw_data/impressions.csv,5,timestamp,bad_timestamp",
    "raw_data/impressions.csv,6,timestamp,bad_timestamp",
    "raw_data/impressions.csv,7,value,bad_value",
    "raw_data/impressions.csv,8,value,bad_value",
    "raw_data/impressions.csv,9,value,bad_value",
    "raw_data/impressions.csv,10,value,bad_value",
    "raw_data/impressions.csv,11,impression_id,duplicate_impression",
  ]);
  expect(quarantine[7]).toBe(
    'raw_data/impressions.csv,7,value,bad_value,ten,"write what the impression brought in as a number, or leave the cell empty"',
  );
  expect(content).toMatchObject({ impressions: 2, rejectedRows: 12 });
  expect(await parquet("impressions.parquet")).toEqual([
    row("x"),
    row("l", { source: "rec,sys", value: 1000 }),
  ]);
});

test("too many bad impressions fail the run, and timestamps in milliseconds are divided like the others", async () => {
  await expect(collect(withImpressions("x,1,2,150,recsys,\ny,1,2,z,recsys,\n"))).rejects.toThrow(
    "raw_data/impressions.csv: 1 of 2 rows (50.00 %) were set aside, at most 1 % may be",
  );
  const { parquet } = await collect(withImpressions("x,1,2,150500,recsys\n"), {
    timestampUnit: "ms",
  });
  expect(await parquet("impressions.parquet")).toEqual([row("x", { timestamp: 150.5 })]);
});

test("a file that cannot be read is refused with what is wrong and what to do", async () => {
  for (const [text, problem] of [
    ["", "raw_data/impressions.csv: the file holds no row"],
    [
      "impression_id,user_id,item,timestamp,source\n",
      "raw_data/impressions.csv:1: the header lacks item_id, got impression_id,user_id,item,timestamp,source",
    ],
    [
      "a,1,2,150\n",
      "without a header a row has 5 or 6 cells (impression_id, user_id, item_id, timestamp, source, value), most rows have 4",
    ],
    [
      "impression_id,user_id,item_id,timestamp,source,source\n",
      "raw_data/impressions.csv:1: the header names source twice",
    ],
  ] as const) {
    await expect(collect(withImpressions(text)), text).rejects.toThrow(problem);
  }
  await expect(collect(withImpressions("a,1,2,150,x\n"), { header: "present" })).rejects.toThrow(
    /lacks/,
  );
});

test("without the file there is no table of impressions", async () => {
  const { bucket } = bucketWith(shop(INTERACTIONS));
  await collectStage(bucket, stageRun());
  const { files, content } = await readManifest(bucket, "processed_data", "test-1");
  expect(Object.keys(files)).not.toContain("impressions.parquet");
  expect(content).toMatchObject({ impressions: 0 });
});
