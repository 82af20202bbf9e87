import fc from "fast-check";
import { expect, test } from "vitest";

import { parsePlainQuery } from "../../src/responder/plain-query.ts";
import { recommendationParameters } from "../../src/schema/index.ts";

const usual = {
  type: "items2users",
  id_list: "10,20",
  k: "5",
  novel_only: "1",
  return_attributes: "0",
};

test("A13 a query in the usual form is read without the schema", () => {
  expect(parsePlainQuery(usual, "items2users", { maxIds: 2 })).toEqual({
    type: "items2users",
    id_list: ["10", "20"],
    k: 5,
    novel_only: true,
    return_attributes: false,
  });
});

test("A12 A13 whatever is read without the schema is what the schema reads", () => {
  const mostly = (usually: fc.Arbitrary<string>, ...sometimes: unknown[]) =>
    fc.oneof(
      { weight: 8, arbitrary: usually },
      { weight: 1, arbitrary: fc.constantFrom(undefined, ["1"], ...sometimes) },
      { weight: 1, arbitrary: fc.string() },
    );
  const flag = mostly(fc.constantFrom("0", "1"), "01", "true");
  const ids = fc.array(fc.stringMatching(/^[\w-]{1,3}$/), { minLength: 1, maxLength: 4 });
  const query = fc.record({
    type: mostly(fc.constant("items2users"), "users2items"),
    id_list: mostly(
      ids.map((list) => list.join()),
      "1,,2",
      "[1]",
      " 1",
      "1\n",
      "é",
      "1,1,2",
    ),
    k: mostly(fc.constantFrom("1", "10", "999999999"), "007", "0", "9999999999", "1\n"),
    novel_only: flag,
    return_attributes: flag,
  });
  const extra = fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.string()) },
  );
  const limits = { maxIds: 3, lenient: false };
  const schema = recommendationParameters("items2users", "query", limits);
  let plain = 0;
  fc.assert(
    fc.property(query, extra, (given, more) => {
      const input = { ...more, ...given };
      const read = parsePlainQuery(input, "items2users", limits);
      if (read === undefined) return;
      plain++;
      expect(read).toEqual(schema.parse(input));
    }),
    { numRuns: 2000 },
  );
  expect(plain).toBeGreaterThan(100);
});
