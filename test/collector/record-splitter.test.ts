import { Buffer } from "node:buffer";

import fc from "fast-check";
import { expect, test } from "vitest";

import { type RawRecord, RecordSplitter } from "../../src/collector/read/record-splitter.ts";
import { countRecords } from "./csv.ts";

function split(bytes: Buffer, cut = bytes.length): RawRecord[] {
  const records: RawRecord[] = [];
  const splitter = new RecordSplitter("x.csv", (record) => records.push(record));
  for (let at = 0; at < bytes.length; at += cut) splitter.push(bytes.subarray(at, at + cut));
  splitter.end();
  return records;
}

const fields = (text: string): unknown[] =>
  split(Buffer.from(text)).map((record) => record.flaw ?? [record.line, ...record.fields]);

test.each([
  [
    "a,b\nc,d\n",
    [
      [1, "a", "b"],
      [2, "c", "d"],
    ],
  ],
  [
    "a,b\r\nc,d",
    [
      [1, "a", "b"],
      [2, "c", "d"],
    ],
  ],
  ["\uFEFFa,b\n", [[1, "a", "b"]]],
  [
    "a\n\n\r\nb\n",
    [
      [1, "a"],
      [4, "b"],
    ],
  ],
  ['"a,""b""",c\n', [[1, 'a,"b"', "c"]]],
  [
    '"a\nb",c\nd,e\n',
    [
      [1, "a\nb", "c"],
      [3, "d", "e"],
    ],
  ],
  [
    '"a"\r\n"b"\r',
    [
      [1, "a"],
      [2, "b"],
    ],
  ],
  ['a"b,c\n', [[1, 'a"b', "c"]]],
  [
    "a,\n,b\n",
    [
      [1, "a", ""],
      [2, "", "b"],
    ],
  ],
  [
    '1,"é\n😀"\n2,x\n',
    [
      [1, "1", "é\n😀"],
      [3, "2", "x"],
    ],
  ],
])("%j is split into its records, each with its physical line", (text, expected) => {
  expect(fields(text)).toEqual(expected);
});

test("a stray quote costs its own line and no other", () => {
  expect(fields('a,b\nc,"d\ne,f\ng,h\n')).toEqual([
    [1, "a", "b"],
    "quotes",
    [3, "e", "f"],
    [4, "g", "h"],
  ]);
  expect(fields('c,"d\ne,"f g"\nh,i\n')).toEqual(["quotes", [2, "e", "f g"], [3, "h", "i"]]);
});

test("bytes that are not UTF-8, and zero bytes, are the flaw of their own record", () => {
  const bytes = Buffer.concat([
    Buffer.from("a\n"),
    Buffer.from([0xff, 10]),
    Buffer.from("b\0\nc\n"),
  ]);
  expect(split(bytes).map(({ flaw }) => flaw)).toEqual([
    undefined,
    "encoding",
    "encoding",
    undefined,
  ]);
});

test("where the blocks are cut makes no difference, and no record is lost or invented", () => {
  const piece = fc.constantFrom("a", "b,", ",", '"', '""', "\n", "\r\n", "\r", "é", "x\n");
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (pieces, cut) => {
        const bytes = Buffer.from(pieces.join(""));
        const whole = split(bytes);
        expect(split(bytes, cut)).toEqual(whole);
        expect(whole.length).toBe(countRecords(pieces.join("")));
      },
    ),
    { numRuns: 1000, seed: 7 },
  );
});
