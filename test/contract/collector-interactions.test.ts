import { gzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { collectStage } from "../../src/collector/index.ts";
import { bucketWith, collect, DOCUMENTED, shop, stageRun } from "../collector/shop.ts";

const LENIENT = { maxRejectedShare: 1 };

test("Q12 Q21 Q22 Q24 the documentation's headerless example is read as interaction_id, user_id, item_id, rating, source, timestamp", async () => {
  const { parquet, content } = await collect(DOCUMENTED);
  expect(content).toMatchObject({
    rows: 7,
    users: 7,
    items: 7,
    hasTimestamps: true,
    hasSources: true,
  });
  expect((await parquet("interactions.parquet"))[0]).toEqual({
    interaction_id: "e2971648-45fa-4913-b5e6-88633cc12da4",
    user_id: "54",
    item_id: "189",
    user_index: 0,
    item_index: 0,
    rating: 1,
    source: "search",
    timestamp: 97830196,
    part: 0,
  });
});

test("Q12 the interactions file is required, and a missing one is named with what to do", async () => {
  const { bucket } = bucketWith({ ...DOCUMENTED, "user_item_interactions.csv": undefined });
  await expect(collectStage(bucket, stageRun())).rejects.toThrow(
    /raw_data\/user_item_interactions.csv: the file is missing; put user_item_interactions.csv \(or user_item_interactions.csv.gz\)/,
  );
});

test("Q12 a gzip'd file is read like the plain one, and both at once are refused", async () => {
  const text = DOCUMENTED["user_item_interactions.csv"]!;
  const packed = {
    ...DOCUMENTED,
    "user_item_interactions.csv": undefined,
    "user_item_interactions.csv.gz": gzipSync(text),
  };
  const [plain, unpacked] = [await collect(DOCUMENTED), await collect(packed)];
  expect(await unpacked.parquet("interactions.parquet")).toEqual(
    await plain.parquet("interactions.parquet"),
  );
  const { bucket } = bucketWith({ ...packed, "user_item_interactions.csv": text });
  await expect(collectStage(bucket, stageRun())).rejects.toThrow(
    "user_item_interactions.csv and user_item_interactions.csv.gz are both there",
  );
});

test.each([
  ["Q13", "interaction_id", ",1,1,1\n"],
  ["Q14", "user_id", "x,,1,1\n"],
  ["Q15", "item_id", "x,1, ,1\n"],
])("%s a row without its %s is set aside and the rest is kept", async (_, column, row) => {
  const { quarantine, content } = await collect(shop(`a,1,1,1\n${row}b,1,2,1\n`), LENIENT);
  expect(content).toMatchObject({ rows: 2, rejectedRows: 1 });
  expect(quarantine[0]).toMatch(
    new RegExp(`^raw_data/user_item_interactions.csv,2,${column},missing_id,`),
  );
});

test("Q16 A22 zero and negative ratings are ratings; empty, NaN, infinite and non-numeric ones are set aside", async () => {
  const cells = ["5", "0", "-2.5", "1e1", "", "NaN", "inf", "five", "1_000", "1e400", "1e39"];
  const text = cells.map((rating, row) => `i${row},1,${row},${rating}\n`).join("");
  const { interactions, quarantine } = await collect(shop(text), LENIENT);
  expect([...interactions["rating"]!.values]).toEqual([5, 0, -2.5, 10]);
  expect(quarantine.map((line) => line.split(",").slice(1, 5))).toEqual(
    cells.slice(4).map((cell, at) => [(at + 5).toString(), "rating", "bad_rating", cell]),
  );
});

test("Q17 A3 timestamps are whole non-negative seconds; anything else is set aside, never rescaled", async () => {
  const cells = [
    "0",
    "978300760",
    "978300761.0",
    "-5",
    "12.5",
    "1e9",
    "",
    "soon",
    "9007199254740992",
  ];
  const text = cells.map((time, row) => `i${row},1,${row},1,recsys,${time}\n`).join("");
  const { interactions, quarantine, report } = await collect(
    shop(`interaction_id,user_id,item_id,rating,source,timestamp\n${text}`),
    LENIENT,
  );
  expect([...interactions["timestamp"]!.values]).toEqual([0, 978300760, 978300761]);
  expect(quarantine.map((line) => line.split(",")[4])).toEqual(cells.slice(3));
  expect(report.timestamps).toEqual({ earliest: 0, latest: 978300761 });
});

test("A3 thirteen-digit timestamps only warn, and are converted when the configuration says milliseconds", async () => {
  const files = shop("a,1,1,1,1600000000000\nb,1,2,1,1600000000500\n");
  const asSeconds = await collect(files);
  expect(asSeconds.interactions["timestamp"]!.values[0]).toBe(1600000000000);
  expect(asSeconds.report.warnings.map(({ code }) => code)).toContain("timestamps-in-milliseconds");
  const converted = await collect(files, { timestampUnit: "ms" });
  expect([...converted.interactions["timestamp"]!.values]).toEqual([1600000000, 1600000000.5]);
  expect(converted.report.warnings.map(({ code }) => code)).not.toContain(
    "timestamps-in-milliseconds",
  );
});

test("Q20 without timestamp and source the data is collected all the same", async () => {
  const { content, interactions, report } = await collect(shop("a,1,1,1\nb,2,2,1\n"));
  expect(content).toMatchObject({ hasTimestamps: false, hasSources: false, rows: 2 });
  expect(interactions["timestamp"]).toBeUndefined();
  expect(report).toMatchObject({ timestamps: null, sources: null });
});

test("Q17 a timestamp column with nothing in it counts as none", async () => {
  const { content } = await collect(
    shop("interaction_id,user_id,item_id,rating,timestamp\na,1,1,1,\nb,2,2,1,\n"),
  );
  expect(content).toMatchObject({ hasTimestamps: false, rows: 2, rejectedRows: 0 });
});

test.each([
  ["present", "timestamp,rating,item_id,user_id,Interaction_ID \n7,1,2,3,x\n"],
  ["absent", "x,3,2,1,7\n"],
])("A1 A2 with the header %s the same row is read", async (_, text) => {
  const { parquet } = await collect(shop(text));
  expect(await parquet("interactions.parquet")).toMatchObject([
    { interaction_id: "x", user_id: "3", item_id: "2", rating: 1, timestamp: 7, source: null },
  ]);
});

test("A1 the configuration can say that there is no header", async () => {
  const text = "interaction_id,user_id,item_id,rating\na,1,1,1\n";
  const { content } = await collect(shop(text), { header: "absent", ...LENIENT });
  expect(content).toMatchObject({ rows: 1, rejectedRows: 1 });
});

test("A1 a header that lacks a required column is an error that names it", async () => {
  const { bucket } = bucketWith(shop("user_id,item_id,rating\n1,1,1\n"));
  await expect(collectStage(bucket, stageRun())).rejects.toThrow(/lacks interaction_id/);
});

test.each([
  ["a,1,1,1,recsys,100\n", { source: "recsys", timestamp: 100 }],
  ["a,1,1,1,100,recsys\n", { source: "recsys", timestamp: 100 }],
  ["a,1,1,1,7,100\n", { source: "7", timestamp: 100 }],
  ["a,1,1,1,recsys\n", { source: "recsys", timestamp: null }],
  ["a,1,1,1,100\n", { source: null, timestamp: 100 }],
])("A2 without a header %j is told apart by its content", async (row, expected) => {
  const { parquet } = await collect(shop(row));
  expect(await parquet("interactions.parquet")).toMatchObject([expected]);
});

test("A2 two columns of numbers are read in the documented order, with a warning", async () => {
  const { report } = await collect(shop("a,1,1,1,7,100\n"));
  expect(report.warnings.map(({ code }) => code)).toContain("column-order-unclear");
});

test.each([
  ["number", ["9", "-3", "0", "10"], ["-3", "0", "9", "10"]],
  ["string", ["9", "007", "10"], ["007", "10", "9"]],
  ["string", ["9007199254740992", "1"], ["1", "9007199254740992"]],
  ["string", ["12345678901234567890", "2"], ["12345678901234567890", "2"]],
  ["string", ["b", "é", "z", "😀", "ﬀ"], ["b", "z", "é", "ﬀ", "😀"]],
] as const)(
  "A4 Q23 ids are JSON %ss for %j, and indices ascend with them",
  async (kind, ids, sorted) => {
    const text = ids.map((id, row) => `i${row},${id},1,1\n`).join("");
    const { content, users } = await collect(shop(text));
    expect(content.userIds).toBe(kind);
    expect(users.ids).toEqual(sorted);
  },
);

test("A4 the configuration can make ids strings, and refuses numbers that are none", async () => {
  expect((await collect(shop("a,1,1,1\n"), { idOutput: "string" })).content.userIds).toBe("string");
  const { bucket } = bucketWith(shop("a,x,1,1\n"));
  await expect(collectStage(bucket, stageRun({ idOutput: "number" }))).rejects.toThrow(
    /not every user_id is an integer/,
  );
});

test("A20 a repeated user and item keeps all its rows", async () => {
  const { content, report } = await collect(shop("a,1,1,1\nb,1,1,1\nc,1,2,1\n"));
  expect(content.rows).toBe(3);
  expect(report.counts.pairs).toBe(2);
});

test("A20 of two rows with one interaction id the first is kept", async () => {
  const { parquet, quarantine } = await collect(shop("a,1,1,1\na,2,2,1\nb,1,3,1\n"), LENIENT);
  expect(await parquet("interactions.parquet")).toMatchObject([
    { interaction_id: "a", user_id: "1", item_id: "1" },
    { interaction_id: "b" },
  ]);
  expect(quarantine[0]).toContain(",2,interaction_id,duplicate_interaction,a,");
});

test.each([
  ["implicit", 1, "1,1,1,1", {}],
  ["explicit", 3.5, "1,3,4,5", {}],
  ["explicit", 2, "1,3,4,5", { positiveThreshold: 2 }],
  ["implicit", 1, "1,3,4,5", { ratings: "implicit" }],
  ["explicit", 1, "1,1,1,1", { ratings: "explicit" }],
])(
  "A21 ratings are %s with threshold %d for %s and %j",
  async (kind, threshold, ratings, config) => {
    const rows = ratings.split(",").map((rating, row) => `i${row},1,${row},${rating}\n`);
    const { content, report } = await collect(shop(rows.join("")), config);
    expect(content).toMatchObject({ ratings: kind, positiveThreshold: threshold });
    expect(report.decisions.find(({ subject }) => subject === "ratings")?.decision).toContain(kind);
  },
);
