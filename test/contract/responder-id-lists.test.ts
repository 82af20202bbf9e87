import fc from "fast-check";
import { expect, test } from "vitest";

import { parseIdList } from "../../src/schema/index.ts";

test("A12 ids with commas, quotes and other signs go through a list in brackets", () => {
  expect(parseIdList('["a,b", "say \\"hi\\"", \'it\\\'s\', "\\u00e9", "]"]')).toEqual([
    "a,b",
    'say "hi"',
    "it's",
    "é",
    "]",
  ]);
  expect(parseIdList("['\\xe9\\n', bare id, 007]")).toEqual(["é\n", "bare id", "007"]);
});

test("A12 any list of ids survives JSON, and any without commas, brackets and blanks the plain form", () => {
  const id = fc.string({ unit: "grapheme", minLength: 1 });
  fc.assert(
    fc.property(fc.array(id, { minLength: 1 }), (ids) => {
      expect(parseIdList(JSON.stringify(ids))).toEqual(ids);
      const python = ids.map((text) => `'${text.replace(/[\\']/g, "\\$&")}'`);
      expect(parseIdList(`[${python.join(", ")}]`)).toEqual(ids);
    }),
  );
  const plain = fc.stringMatching(/^[^\s,[][^\s,]*$/);
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1 }), (ids) => {
      expect(parseIdList(ids.join(","))).toEqual(ids);
    }),
  );
});

test("A12 no text makes the parser fail otherwise than by saying what is wrong", () => {
  const text = fc.oneof(
    fc.string(),
    fc.string().map((inside) => `[${inside}]`),
  );
  fc.assert(
    fc.property(text, (list) => {
      try {
        expect(parseIdList(list).every((id) => typeof id === "string")).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
    { numRuns: 1000 },
  );
});
