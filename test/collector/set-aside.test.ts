import { expect, test } from "vitest";

import { collect, shop } from "./shop.ts";

const LENIENT = { maxRejectedShare: 1 };

test("every rule for interactions says where, what was got and what to do", async () => {
  const rows = [
    "a,1,1,1,recsys,100",
    'b,1,1,1,"rec"sys,100',
    "c,1,1,1,rec\0sys,100",
    "d,1,1",
    " \t,1,1,1,recsys,100",
    "f,,1,1,recsys,100",
    "g,1,  ,1,recsys,100",
    "h,1,1,five,recsys,100",
    "i,1,1,1,recsys,soon",
    "a,1,2,1,recsys,100",
    "j,1,1,1,recsys,100",
  ];
  const { quarantine, content } = await collect(shop(`${rows.join("\n")}\n`), LENIENT);
  expect(content).toMatchObject({ rows: 2, rejectedRows: 9 });
  const expected: [line: string, told: RegExp][] = [
    ["2,,quotes", /"b,1,1,1,""rec""sys,100",.*close the quoted value.*quote inside it twice/],
    ["3,,encoding", /save the file as UTF-8.*without zero bytes/],
    [
      "4,,column_count",
      /"d,1,1",.*give the row 6 cells, it has 3; quote a value that holds a comma/,
    ],
    ["5,interaction_id,missing_id", /, \t,give the row its interaction_id$/],
    ["6,user_id,missing_id", /,,give the row its user_id$/],
    ["7,item_id,missing_id", /, {2},give the row its item_id$/],
    ["8,rating,bad_rating", /,five,.*write a number; 1 for an interaction without a score/],
    ["9,timestamp,bad_timestamp", /,soon,.*write Unix seconds, such as \d{9}/],
    ["10,interaction_id,duplicate_interaction", /,a,.*an id of its own; the first row/],
  ];
  expect(quarantine).toHaveLength(expected.length);
  for (const [place, told] of expected) {
    const start = `raw_data/user_item_interactions.csv,${place},`;
    const line = quarantine.find((text) => text.startsWith(start));
    expect(line, place).toMatch(told);
  }
});

test("every rule for features says where, what was got and what to do", async () => {
  const { quarantine, content } = await collect(
    shop("a,1,1,1\n", {
      "item_features.csv":
        "1,5,2.5,['a']\n,5,2.5,a\n2,x,2.5,a\n3,5,y,a\n4,5,2.5,[a]\n1,5,2.5,a\n5,5\n",
      "item_features_description.json": JSON.stringify({
        "0": { name: "item_id", type: "ID" },
        "1": { name: "age", type: "int" },
        "2": { name: "price", type: "double" },
        "3": { name: "kinds", type: "set" },
      }),
    }),
    LENIENT,
  );
  expect(content.rejectedRows).toBe(6);
  const cells = (line: string): string =>
    line.replace("raw_data/item_features.csv,", "").split(",").slice(0, 4).join(" ");
  expect(quarantine.map(cells)).toEqual([
    "2 item_id missing_id ",
    "3 age wrong_type x",
    "4 price wrong_type y",
    "5 kinds bad_set [a]",
    "6 item_id duplicate_item 1",
    '7  column_count "5',
  ]);
  expect(quarantine[3]).toContain("at character 2: expected a quoted value");
});

test("A20 of rows with one id the first accepted one is kept, however many there are", async () => {
  const text = "a,1,1,bad\nb,1,1,1\na,2,1,1\nb,3,1,1\nc,4,1,1\na,5,1,1\nb,6,1,1\n";
  const { quarantine, parquet, content } = await collect(shop(text), LENIENT);
  expect(content).toMatchObject({ rows: 3, rejectedRows: 4 });
  expect(quarantine.map((line) => line.split(",").slice(1, 5).join(" "))).toEqual([
    "1 rating bad_rating bad",
    "4 interaction_id duplicate_interaction b",
    "6 interaction_id duplicate_interaction a",
    "7 interaction_id duplicate_interaction b",
  ]);
  expect(await parquet("interactions.parquet")).toMatchObject([
    { interaction_id: "b", user_id: "1" },
    { interaction_id: "a", user_id: "2" },
    { interaction_id: "c", user_id: "4" },
  ]);
});

test("Q17 timestamps may be written as tools write them: a sign, blanks around, a zero fraction", async () => {
  const good = ["7", "+5", " 6 ", "8.", "9.00", "010", "9007199254740991"];
  const bad = ["0x10", "1_000", "7.01", "1e3", "1 2", "--1", "99999999999999999999", "nan"];
  const rows = [...good, ...bad].map((time, row) => `i${row},1,${row},1,recsys,${time}\n`);
  const { interactions, quarantine } = await collect(shop(rows.join("")), LENIENT);
  expect([...interactions["timestamp"]!.values]).toEqual([
    5, 6, 7, 8, 9, 10, 9_007_199_254_740_991,
  ]);
  expect(quarantine.map((line) => line.split(",")[4])).toEqual(bad);
});

test("Q16 A22 a rating may be as large as 32-bit numbers go, on either side of zero", async () => {
  const cells = ["3.4e38", "-3.4e38", "0.5", " 4 ", "3.5e38", "-3.5e38", "-inf", "0x10", "1_0"];
  const rows = cells.map((rating, row) => `i${row},1,${row},${rating}\n`);
  const { interactions, quarantine } = await collect(shop(rows.join("")), LENIENT);
  expect([...interactions["rating"]!.values]).toEqual(
    [3.4e38, -3.4e38, 0.5, 4].map((rating) => Math.fround(rating)),
  );
  expect(quarantine.map((line) => line.split(",")[4])).toEqual(cells.slice(4));
});
