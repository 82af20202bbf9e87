import { expect, test } from "vitest";

import {
  type Bucket,
  createLinesWriter,
  type LineFormat,
  popularityOf,
  stringTable,
  writePopularLines,
} from "../../../src/storage/index.ts";
import { temporaryBucket } from "../temporary-folder.ts";

const users = { name: "user_id", ids: stringTable(["10", "20"]), form: "number" } as const;
const items = {
  name: "item_id",
  ids: stringTable(["007", "a,b", 'say "hi"', "two\nlines", "é"]),
  form: "string",
} as const;
const ranked = {
  indices: Uint32Array.of(1, 2, 3, 4, 0),
  probabilities: Float32Array.of(0.75, 0.5, 0.25, 0.125, 0),
  count: 5,
};

async function linesOf(bucket: Bucket, format: LineFormat, header?: boolean): Promise<string> {
  const writer = await createLinesWriter(await bucket.create("lines"), {
    format,
    key: users,
    value: items,
    ...(header === undefined ? {} : { header }),
  });
  await writer.writeList(1, { ...ranked, count: 4 });
  await writer.writeList(0, { ...ranked, count: 0 });
  await writer.close();
  return Buffer.from(await bucket.read("lines")).toString("utf8");
}

test("A31 the CSV has a header, a line for each entry, and quotes where RFC 4180 wants them", async () => {
  expect(await linesOf(await temporaryBucket(), "csv")).toBe(
    [
      "user_id,rank,item_id,interaction_probability\n",
      '20,1,"a,b",0.75\n',
      '20,2,"say ""hi""",0.5\n',
      '20,3,"two\nlines",0.25\n',
      "20,4,é,0.125\n",
    ].join(""),
  );
});

test("A31 all shards but the first leave the header out", async () => {
  expect(await linesOf(await temporaryBucket(), "csv", false)).toMatch(/^20,1,"a,b",0.75\n/);
});

test("A31 A4 the JSON lines say the same, ids as the API writes them", async () => {
  const lines = (await linesOf(await temporaryBucket(), "jsonl")).trimEnd().split("\n");
  expect(lines[0]).toBe('{"user_id":20,"rank":1,"item_id":"a,b","interaction_probability":0.75}');
  expect(lines.map((line) => (JSON.parse(line) as { item_id: unknown }).item_id)).toEqual([
    "a,b",
    'say "hi"',
    "two\nlines",
    "é",
  ]);
});

test("A31 A16 popular items are written in their order, with counts", async () => {
  const bucket = await temporaryBucket();
  const popularity = popularityOf(Uint32Array.of(5, 1451, 1451, 0, 3471));
  await writePopularLines(await bucket.create("csv"), "csv", popularity, items);
  await writePopularLines(await bucket.create("jsonl"), "jsonl", popularity, items);
  expect(Buffer.from(await bucket.read("csv")).toString()).toBe(
    'rank,item_id,count\n1,é,3471\n2,"say ""hi""",1451\n3,"a,b",1451\n4,007,5\n5,"two\nlines",0\n',
  );
  const first = Buffer.from(await bucket.read("jsonl"))
    .toString()
    .split("\n")[0];
  expect(first).toBe('{"rank":1,"item_id":"é","count":3471}');
});

test("A31 a file of many lines is written in pieces and loses none", async () => {
  const bucket = await temporaryBucket();
  const writer = await createLinesWriter(await bucket.create("lines"), {
    format: "csv",
    key: users,
    value: users,
  });
  const count = 1000;
  const indices = Uint32Array.from({ length: count }, (_, rank) => rank % 2);
  const probabilities = new Float32Array(count).fill(0.7);
  for (let i = 0; i < 100; i++) await writer.writeList(0, { indices, probabilities, count });
  await writer.close();
  const lines = Buffer.from(await bucket.read("lines"))
    .toString()
    .split("\n");
  expect(lines).toHaveLength(1 + 100 * count + 1);
  expect(lines[100_000]).toBe("10,1000,20,0.69999999");
});
