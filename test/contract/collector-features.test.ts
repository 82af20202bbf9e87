import { expect, test } from "vitest";

import { collectStage } from "../../src/collector/index.ts";
import {
  bucketWith,
  collect,
  DOCUMENTED,
  type RawTexts,
  shop,
  stageRun,
} from "../collector/shop.ts";

const LENIENT = { maxRejectedShare: 1 };

/** Raw files with one feature column of a type, its cells given for items 1, 2, 3 … */
function column(type: string, cells: readonly string[], name = "x"): RawTexts {
  return shop("a,1,1,1\n", {
    "item_features.csv": cells.map((cell, row) => `${row + 1},${cell}\n`).join(""),
    "item_features_description.json": JSON.stringify({
      "0": { name: "item_id", type: "ID" },
      "1": { name, type },
    }),
  });
}

/** Raw files whose description is the given value; the file has columns `item_id` and one more. */
function described(description: unknown): RawTexts {
  const text = typeof description === "string" ? description : JSON.stringify(description);
  return shop("a,1,1,1\n", {
    "item_features.csv": "1,x\n2,y\n",
    "item_features_description.json": text,
  });
}

async function failure(texts: RawTexts): Promise<string> {
  const { bucket } = bucketWith(texts);
  return collectStage(bucket, stageRun()).then(
    () => "no failure",
    (error: unknown) => String(error),
  );
}

test("Q26 Q29 Q31 Q32 Q33 Q34 Q35 Q44 the documentation's example gives its attributes, grouped int, string, set (Q99, A8)", async () => {
  const { items } = await collect(DOCUMENTED);
  expect(items.ids).toEqual(["189", "472", "799", "822", "2112", "2507", "3126"]);
  expect(items.attributes[1]).toBe(
    `"age":26,"name":"Toy Story","genre":["Animation","Children's","Comedy"]`,
  );
  expect(items.attributes[4]).toBe(
    `"age":26,"name":"Father of the Bride Part II","genre":["Comedy"]`,
  );
});

test("Q26 Q38 the features file and its description are required, and all that is missing is named at once", async () => {
  const message = await failure({
    ...DOCUMENTED,
    "item_features.csv": undefined,
    "item_features_description.json": undefined,
  });
  expect(message).toContain("raw_data/item_features.csv: the file is missing");
  expect(message).toContain("raw_data/item_features_description.json: the file is missing");
});

test("Q27 Q28 a features file may hold the id alone", async () => {
  const { items, content } = await collect(shop("a,1,1,1\n"));
  expect(items.ids).toEqual(["1", "2", "3"]);
  expect(items.attributes).toEqual(["", "", ""]);
  expect(content.itemFeatures).toEqual([]);
});

test.each([
  [
    "Q29",
    "int",
    ["26", "-3", " +7 ", "26.0", "", "123456789012345678901234567890"],
    [26, -3, 7, 26, null, "123456789012345678901234567890"],
  ],
  ["Q30", "double", ["2.5", "-1e3", ".5", "7", ""], [2.5, -1000, 0.5, 7, null]],
  ["Q31", "string", ["Heat", '" a, ""b"" "', ""], ["Heat", ' a, "b" ', null]],
  ["Q32", "set", ["['a']", "", "[]", "plain"], [["a"], [], [], ["plain"]]],
])(
  "%s %s cells keep their values, and an empty cell is null or the empty set",
  async (_, type, cells, values) => {
    const { items } = await collect(column(type, cells));
    expect(items.attributes).toEqual(
      values.map(
        (value) =>
          `"x":${typeof value === "string" && type === "int" ? value : JSON.stringify(value)}`,
      ),
    );
  },
);

test.each([
  ["int", "2.5", "wrong_type"],
  ["int", "many", "wrong_type"],
  ["double", "NaN", "wrong_type"],
  ["double", "1e999", "wrong_type"],
  ["set", "\"['a', 'b'\"", "bad_set"],
  ["set", "a[b", "bad_set"],
])("Q29 Q30 A5 a cell of type %s that is %s sets its row aside as %s", async (type, cell, rule) => {
  const { items, quarantine, content } = await collect(column(type, ["", cell, ""]), LENIENT);
  expect(items.ids).toEqual(["1", "3"]);
  expect(content.rejectedRows).toBe(1);
  expect(quarantine[0]).toMatch(new RegExp(`^raw_data/item_features.csv,2,x,${rule},`));
});

test("Q37 A19 items of the interactions that the catalogue lacks are added with attributes null and counted; those without interactions stay", async () => {
  const { items, report } = await collect({
    ...DOCUMENTED,
    "user_item_interactions.csv": "a,1,472,1\nb,1,5,1\n",
  });
  expect(items.ids).toEqual(["5", "189", "472", "799", "822", "2112", "2507", "3126"]);
  expect(items.attributes[0]).toBe(`"age":null,"name":null,"genre":null`);
  expect(items.tokens[0]).toEqual([]);
  expect(report.counts).toMatchObject({ items: 8, itemsWithoutFeatures: 1, itemsWithoutRows: 6 });
});

test("Q37 of two rows of one item the first is kept", async () => {
  const { items, quarantine } = await collect(
    { ...column("int", ["1"]), "item_features.csv": "1,10\n1,20\n2,30\n" },
    LENIENT,
  );
  expect(items.attributes).toEqual(['"x":10', '"x":30']);
  expect(quarantine[0]).toMatch(/,2,item_id,duplicate_item,1,.*line 1/);
});

test.each(["item_id,Name,AGE,genre", " ITEM_ID ,title,years,kinds"])(
  "A1 the header %j is recognised by its first cell",
  async (header) => {
    const features = `${header}\n${String(DOCUMENTED["item_features.csv"])}`;
    const { items, content } = await collect({ ...DOCUMENTED, "item_features.csv": features });
    expect(items.ids).toHaveLength(7);
    expect(content.rejectedRows).toBe(0);
  },
);

test("A1 A6 a header in another order than the description is an error, not a mix-up", async () => {
  const message = await failure({
    ...DOCUMENTED,
    "item_features.csv": `item_id,age,name,genre\n${String(DOCUMENTED["item_features.csv"])}`,
  });
  expect(message).toContain('column 1 is named "age" here and "name" in the description');
});

test("Q43 A6 the id's type may be written id, and is passed over when column 0 is named item_id", async () => {
  for (const type of ["ID", "id", "int"]) {
    const files = described({ "0": { name: "item_id", type }, "1": { name: "x", type: "string" } });
    expect((await collect(files)).items.ids).toEqual(["1", "2"]);
  }
});

test.each([
  ["Q39", "{", /it is not JSON/],
  ["Q39", [], /must be one JSON object/],
  [
    "Q39",
    { "0": { name: "item_id", type: "ID" }, "2": { name: "x", type: "int" } },
    /keys must be the column numbers from "0" without a gap, got "0", "2"/,
  ],
  [
    "Q40",
    { "0": { name: "item_id", type: "ID" }, "1": { name: "x", type: "int", unit: "m" } },
    /key "1" must hold exactly a "name" and a "type"/,
  ],
  ["Q40", { "0": { name: "item_id", type: "ID" }, "1": null }, /key "1" must hold exactly/],
  [
    "Q42",
    { "0": { name: "item_id", type: "ID" }, "1": { name: "x", type: "float" } },
    /one of ID, int, double, string, set, got "float"/,
  ],
  [
    "Q36",
    { "0": { name: "x", type: "string" }, "1": { name: "item_id", type: "ID" } },
    /key "0" must be the column "item_id" of type "ID", got the name "x"/,
  ],
  [
    "A6",
    { "0": { name: "item_id", type: "ID" }, "1": { name: "x", type: "ID" } },
    /only column 0 may have the type "ID"/,
  ],
  [
    "A6",
    { "0": { name: "item_id", type: "ID" } },
    /most rows have 2 cells and the description names 1 columns/,
  ],
  [
    "Q41",
    { "0": { name: "item_id", type: "ID" }, "1": { name: "interaction_probability", type: "int" } },
    /taken by the API's answers/,
  ],
])("%s the description %j is refused with its reason", async (_, description, reason) => {
  expect(await failure(described(description))).toMatch(reason);
});

test("Q39 Q42 all problems of whole files are told together", async () => {
  const message = await failure({
    ...described({ "0": { name: "id", type: "ID" }, "1": { name: "x", type: "float" } }),
    "user_item_interactions.csv": "a,1\n",
  });
  expect(message).toContain("3 problems");
  expect(message).toContain('got the name "id"');
  expect(message).toContain('got "float"');
  expect(message).toContain("most rows have 2");
});

test("A7 a string column that differs for most items is split into words, and kept for the answers", async () => {
  const { content, vocabulary, items } = await collect(
    column("string", ["The Matrix", "THE Matrix Reloaded", "Héat 2"]),
  );
  expect(content.itemFeatures[0]?.treatment).toBe("words");
  expect(vocabulary.items).toEqual([
    { feature: "x", value: "matrix", count: 2 },
    { feature: "x", value: "the", count: 2 },
  ]);
  expect(items.tokens).toEqual([[0, 1], [0, 1], []]);
  expect(items.attributes[1]).toBe('"x":"THE Matrix Reloaded"');
});

test("A9 user features follow the same rules, and users without interactions are users", async () => {
  const { users, content, report } = await collect(
    shop("a,1,1,1\nb,3,2,1\n", {
      "user_features.csv": "1,nl\n2,nl\n",
      "user_features_description.json": JSON.stringify({
        "0": { name: "user_id", type: "ID" },
        "1": { name: "country", type: "string" },
      }),
    }),
  );
  expect(users.ids).toEqual(["1", "2", "3"]);
  expect(users.attributes).toEqual(['"country":"nl"', '"country":"nl"', '"country":null']);
  expect(content.userFeatures).toEqual([{ name: "country", type: "string", treatment: "none" }]);
  expect(report.counts).toMatchObject({ usersWithoutRows: 1, usersWithoutFeatures: 1 });
});

test("A9 user features without their description are an error", async () => {
  expect(await failure(shop("a,1,1,1\n", { "user_features.csv": "1\n" }))).toContain(
    "raw_data/user_features_description.json: the file is missing",
  );
});
