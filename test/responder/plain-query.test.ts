import querystring from "node:querystring";

import fc from "fast-check";
import { expect, test } from "vitest";

import { parsePlainQuery } from "../../src/responder/plain-query.ts";
import { recommendationParameters } from "../../src/schema/index.ts";
import { ask, responderOf } from "./responder.ts";

const read = {
  type: "items2users",
  id_list: ["10", "20"],
  k: 5,
  novel_only: true,
  return_attributes: false,
};

test("A13 a query in the usual form is read without the schema, in any order, commas encoded or not", () => {
  const queries = [
    "type=items2users&id_list=10,20&k=5&novel_only=1&return_attributes=0",
    "type=items2users&id_list=10%2C20&k=5&novel_only=1&return_attributes=0",
    "k=5&return_attributes=0&novel_only=1&id_list=10%2c20,10&type=items2users",
  ];
  for (const query of queries) {
    expect(parsePlainQuery(query, "items2users", { maxIds: 2 }), query).toEqual(read);
  }
});

test("A13 what is not in the usual form is left to the schema", () => {
  const usual = "type=items2users&id_list=10,20&k=5&novel_only=1&return_attributes=0";
  const others = [
    usual.replace("10,20", "10,20,30"), // too many
    usual.replace("10,20", "10,+20"),
    usual.replace("10,20", "%5B10%5D"),
    usual.replace("items2users", "users2items"),
    usual.replace("k=5", "k=05"),
    usual.replace("k=5", "k=5&k=5"),
    usual.replace("k=5", "novel_only=1"),
    usual.replace("k=5", "%6B=5"),
    `${usual}&rank_by=lift`,
    "",
  ];
  for (const query of others) {
    expect(parsePlainQuery(query, "items2users", { maxIds: 2 }), query).toBeUndefined();
  }
});

test("A12 A13 whatever is read without the schema is what the schema reads", () => {
  const mostly = (usually: fc.Arbitrary<string>, ...sometimes: string[]) =>
    fc.oneof(
      { weight: 12, arbitrary: usually },
      { weight: 1, arbitrary: fc.constantFrom("", "1&k=1", ...sometimes) },
      { weight: 1, arbitrary: fc.string() },
      { weight: 1, arbitrary: fc.string().map((text) => querystring.escape(text)) },
    );
  const flag = mostly(fc.constantFrom("0", "1"), "01", "true");
  const ids = fc.array(fc.stringMatching(/^[\w-]{1,3}$/), { minLength: 1, maxLength: 12 });
  const separator = fc.constantFrom(",", "%2C", "%2c");
  const pairs = fc
    .record({
      type: mostly(fc.constant("items2users"), "users2items"),
      id_list: mostly(
        fc.tuple(ids, separator).map(([list, comma]) => list.join(comma)),
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
    })
    .map((values) => Object.entries(values).map(([name, value]) => `${name}=${value}`));
  const extra = fc.oneof(
    { weight: 8, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.string(), { maxLength: 2 }) },
  );
  const query = fc
    .tuple(pairs, extra)
    .chain(([given, more]) => {
      const all = [...given, ...more];
      return fc.shuffledSubarray(all, { minLength: all.length - 1 });
    })
    .map((parts) => parts.join("&"));
  const limits = { maxIds: 9, lenient: false };
  const schema = recommendationParameters("items2users", "query", limits);
  let plain = 0;
  fc.assert(
    fc.property(query, (text) => {
      const parameters = parsePlainQuery(text, "items2users", limits);
      if (parameters === undefined) return;
      plain++;
      expect(parameters).toEqual(schema.parse(querystring.parse(text)));
    }),
    { numRuns: 3000 },
  );
  expect(plain).toBeGreaterThan(200);
});

test("a query is refused by the name of its first unknown parameter, however many there are", async () => {
  const app = await responderOf({ users: { 10: {} }, items: { 1: {} } });
  const many = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`p${i}`, ""]));
  const response = await ask(app, "popular", { id_list: "10", ...many });
  expect(response.statusCode).toBe(400);
  expect(response.json()).toMatchObject({ error: { parameter: "p0" } });
});
