import fc from "fast-check";
import { expect, test } from "vitest";

import { createIdLookup, everyIdIsInteger, stringTable } from "../../../src/storage/index.ts";

test("A4 ids are integers only if every one is written as JSON would and a double holds it", () => {
  const integers = (...ids: string[]) => everyIdIsInteger(stringTable(ids));
  expect(integers("0", "-1", "10", "9007199254740991", "-9007199254740991")).toBe(true);
  for (const text of ["007", "9007199254740992", "12345678901234567890", "-0", "-", "", "1.5"]) {
    expect(integers("1", text), text).toBe(false);
  }
  expect(integers("1e3")).toBe(false);
  expect(integers("+1")).toBe(false);
  expect(integers("00000000000000000001")).toBe(false);
});

test("A4 integer ids are found in numeric order, and by their exact text alone", () => {
  const indexOf = createIdLookup(stringTable(["-20", "-3", "0", "9", "10", "100"]));
  expect(["-20", "-3", "0", "9", "10", "100"].map(indexOf)).toEqual([0, 1, 2, 3, 4, 5]);
  for (const other of ["-4", "-21", "1", "99", "101", "010", " 10", "10.0", "", "x"]) {
    expect(indexOf(other), other).toBeUndefined();
  }
});

test("A4 other ids are found in the order of their UTF-8 bytes, which is not JavaScript's", () => {
  // U+FF5E sorts after U+1F600's surrogates in UTF-16, before it in UTF-8.
  const ids = ["007", "10", "9", "a,b", 'a"b', "ab", "é", "～", "😀"].sort((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  expect(ids.indexOf("～")).toBeLessThan(ids.indexOf("😀"));
  const indexOf = createIdLookup(stringTable(ids));
  expect(ids.map(indexOf)).toEqual(ids.map((_, i) => i));
  for (const other of ["7", "a", "abc", "", "zz", "\ud800"]) expect(indexOf(other)).toBeUndefined();
});

test("ids that do not ascend are refused", () => {
  expect(() => createIdLookup(stringTable(["10", "9"]))).toThrow('ids must ascend, got "10", "9"');
  expect(() => createIdLookup(stringTable(["a", "a"]))).toThrow('got "a", "a"');
  expect(createIdLookup(stringTable([]))("1")).toBeUndefined();
});

test("every id of any set is found where a linear search finds it", () => {
  const numbers = fc.uniqueArray(fc.maxSafeInteger()).map((values) =>
    values
      .map((value) => (value === 0 ? 0 : value)) // -0 is written "0"
      .sort((a, b) => a - b)
      .map(String),
  );
  const texts = fc
    .uniqueArray(fc.string({ unit: "grapheme", minLength: 1 }))
    .map((values) => values.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
    .filter((values) => !everyIdIsInteger(stringTable(values)));
  fc.assert(
    fc.property(fc.oneof(numbers, texts), fc.string(), (ids, other) => {
      const indexOf = createIdLookup(stringTable(ids));
      for (const id of [...ids, other]) {
        expect(indexOf(id)).toBe(ids.includes(id) ? ids.indexOf(id) : undefined);
      }
    }),
  );
});
