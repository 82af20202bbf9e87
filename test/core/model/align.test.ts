import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { alignRows } from "../../../src/core/model/align.ts";
import type { RowNames } from "../../../src/core/model/row-names.ts";
import { stringTable } from "../../../src/storage/index.ts";

const EXECUTIONS = { model: "core-1", data: "collector-2" };

/** Names as processed_data has them: ids ascend by their bytes, or by value when all are numbers. */
function names(ids: readonly string[], tokens: readonly (readonly [string, string])[]): RowNames {
  return {
    items: stringTable(ids),
    tokens: tokens.map(([feature, value]) => ({ feature, value, count: 1 })),
  };
}

const ids = fc
  .uniqueArray(fc.string({ unit: "binary", minLength: 1, maxLength: 3 }), { maxLength: 12 })
  .map((strings) => strings.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
/** Features and values that would be taken for each other if they were only joined. */
const tokens = fc.uniqueArray(
  fc.tuple(fc.constantFrom("a", "a ", "b"), fc.constantFrom("x", " x", "y", "b x")),
  { selector: ([feature, value]) => JSON.stringify([feature, value]) },
);

test("Q48 items and tokens are found by name, wherever they stand, and nothing else is", () => {
  fc.assert(
    fc.property(ids, ids, tokens, tokens, (oldIds, newIds, oldTokens, newTokens) => {
      const plain = {
        items: newIds.map((id) => oldIds.indexOf(id)),
        tokens: newTokens.map(([f, v]) => oldTokens.findIndex(([g, w]) => f === g && v === w)),
      };
      const features = new Set(newTokens.map(([feature]) => feature));
      fc.pre(oldTokens.length === 0 || oldTokens.some(([feature]) => features.has(feature)));
      fc.pre([...plain.items, ...plain.tokens].some((row) => row >= 0));
      const rows = alignRows(names(oldIds, oldTokens), names(newIds, newTokens), EXECUTIONS);
      expect({ items: [...rows.items], tokens: [...rows.tokens] }).toEqual(plain);
    }),
  );
});

test("ids that are numbers keep their rows when one that is none changes the order of all", () => {
  const model = names(["2", "10", "100"], []);
  const { items } = alignRows(model, names(["10", "100", "2", "new"], []), EXECUTIONS);
  expect([...items]).toEqual([1, 2, 0, -1]);
});

describe("a bin", () => {
  const bins = ["< 10", "[10, 20)", "[20, 40)", ">= 40"];
  const model = names(["1"], [["genre", "drama"], ...bins.map((bin) => ["price", bin] as const)]);
  test.each([
    ["of the same bounds is the same", "price", "[10, 20)", 2],
    ["whose bounds have moved is the one that its middle lies in", "price", "[11, 22.5)", 2],
    ["may be one of several that became of one", "price", "[20, 25)", 3],
    ["begins where the one before ends", "price", "[15, 25)", 3],
    ["of the lowest values stays the lowest", "price", "< 12", 1],
    ["of the highest values stays the highest", "price", ">= 35", 4],
    ["of small numbers is read", "price", "[1e-7, 2e-7)", 1],
    ["of a feature without bins is unknown", "genre", "< 12", -1],
    ["of another feature is unknown", "weight", "[10, 20)", -1],
    ["of all values is unknown", "price", "any", -1],
  ])("%s", (_, feature, value, row) => {
    const data = names(
      ["1"],
      [
        ["genre", "drama"],
        [feature, value],
      ],
    );
    expect([...alignRows(model, data, EXECUTIONS).tokens]).toEqual([0, row]);
  });
});

describe("a model is refused", () => {
  test("for data without any of its features, which are named", () => {
    const model = names(
      ["1"],
      [
        ["genre", "drama"],
        ["year", "< 1990"],
      ],
    );
    const data = names(["1"], [["Genre", "drama"]]);
    expect(() => alignRows(model, data, EXECUTIONS)).toThrow(
      "model/core-1/vocabulary.json: the model learned from the features genre, year, of which " +
        "processed_data/collector-2 has none (it has: Genre)",
    );
    expect(() => alignRows(model, names(["1"], []), EXECUTIONS)).toThrow("(it has: no features)");
  });

  test("for data of which it knows nothing", () => {
    const model = names(["1"], [["genre", "drama"]]);
    const data = names(["2"], [["genre", "comedy"]]);
    expect(() => alignRows(model, data, EXECUTIONS)).toThrow(
      /model\/core-1: the model knows no item and no feature's value of processed_data\/collector-2/,
    );
  });

  test("but not one without features, for data that have some", () => {
    const rows = alignRows(names(["1"], []), names(["1"], [["genre", "drama"]]), EXECUTIONS);
    expect([[...rows.items], [...rows.tokens]]).toEqual([[0], [-1]]);
  });
});
