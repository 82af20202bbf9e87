import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { generateShop, trueProbabilities, writeSampleShop } from "../../src/sample/index.ts";
import { csvLine, pythonList } from "../../src/sample/table.ts";
import { decodeSafetensors } from "../../src/storage/index.ts";

const root = mkdtempSync(join(tmpdir(), "sample-shop-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const options = { users: 60, items: 120, interactions: 900, seed: 3 };
const everything = { userFeatures: true, probabilities: true };
const text = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");
const lines = (folder: string, name: string): string[] => text(folder, name).trimEnd().split("\n");

const folder = join(root, "all");
const files = await writeSampleShop(folder, options, everything);

/** Reads a CSV file with Python's own `csv` and its set cells with `ast.literal_eval`. */
const PYTHON = `
import ast, csv, io, json, sys
rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8")))
out = io.StringIO()
writer = csv.writer(out, lineterminator="\\n")
sets = [int(column) for column in sys.argv[2:]]
for row in rows:
    values = [ast.literal_eval(cell) if i in sets else cell for i, cell in enumerate(row)]
    writer.writerow(values)
print(json.dumps({"rows": rows, "again": out.getvalue()}))
`;
const pythonMissing = spawnSync("python3", ["--version"]).status !== 0;
if (pythonMissing) console.log("skipped: Python reads the files back, since there is no python3");

test("Q12 Q26 Q38 A9 the raw files have their documented names", () => {
  expect(readdirSync(folder).sort()).toEqual([...files].sort());
  expect(files).toEqual([
    "user_item_interactions.csv",
    "item_features.csv",
    "item_features_description.json",
    "user_features.csv",
    "user_features_description.json",
    "true_probabilities.safetensors",
  ]);
});

test("Q21 A2 interactions have no header and the columns of the documentation's example", () => {
  const rows = lines(folder, "user_item_interactions.csv");
  expect(rows).toHaveLength(options.interactions);
  for (const row of rows) {
    expect(row).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12},[1-9]\d*,[1-9]\d*,1,(recsys|search|homepage|category),1[67]\d{8}$/,
    );
  }
  expect(new Set(rows.map((row) => row.slice(0, 36))).size).toBe(options.interactions);
});

test("Q13 Q27 with a header each file names its columns, and the rest is the same", async () => {
  const other = join(root, "header");
  await writeSampleShop(other, options, { header: true, userFeatures: true });
  for (const [name, header] of [
    ["user_item_interactions.csv", "interaction_id,user_id,item_id,rating,source,timestamp"],
    ["item_features.csv", "item_id,title,department,brand,price,year,tags,colours"],
    ["user_features.csv", "user_id,age,budget,membership,interests"],
  ] as const) {
    expect(text(other, name)).toBe(`${header}\n${text(folder, name)}`);
  }
});

test("Q37 Q39 Q42 Q43 the description fits the items' columns and has all types", () => {
  const described = JSON.parse(text(folder, "item_features_description.json")) as Record<
    string,
    { name: string; type: string }
  >;
  expect(Object.keys(described)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  expect(described["0"]).toEqual({ name: "item_id", type: "ID" });
  expect(new Set(Object.values(described).map(({ type }) => type))).toEqual(
    new Set(["ID", "int", "double", "string", "set"]),
  );
  expect(lines(folder, "item_features.csv").map((line) => line.split(",")[0])).toEqual(
    Array.from({ length: options.items }, (_, i) => (i + 1).toString()),
  );
});

describe.skipIf(pythonMissing)("Python", () => {
  const readBack = (name: string, sets: readonly number[]): { rows: string[][]; again: string } =>
    JSON.parse(
      execFileSync("python3", ["-c", PYTHON, join(folder, name), ...sets.map(String)], {
        encoding: "utf8",
      }),
    ) as { rows: string[][]; again: string };

  test.each([
    ["user_item_interactions.csv", [], options.interactions, 6],
    ["item_features.csv", [6, 7], options.items, 8],
    ["user_features.csv", [4], options.users, 5],
  ] as const)("Q34 Q35 reads %s and would write the same bytes", (name, sets, count, width) => {
    const { rows, again } = readBack(name, sets);
    expect(rows).toHaveLength(count);
    expect(rows.every((row) => row.length === width)).toBe(true);
    expect(again).toBe(text(folder, name));
  });

  test("A7 every item has a title of its own", () => {
    const titles = readBack("item_features.csv", []).rows.map((row) => row[1]);
    expect(new Set(titles).size).toBe(options.items);
  });

  test("A5 writes lists of any strings the same", () => {
    const lists = [[], ["a"], ["it's"], ['"'], ['it\'s "so"'], ["back\\slash", "a, b"], ["é"]];
    const python =
      "import json, sys; print(json.dumps([repr(l) for l in json.loads(sys.argv[1])]))";
    const expected = execFileSync("python3", ["-c", python, JSON.stringify(lists)], {
      encoding: "utf8",
    });
    expect(lists.map(pythonList)).toEqual(JSON.parse(expected));
  });
});

test("Q34 a cell is quoted in CSV only when it must be", () => {
  expect(csvLine(["1", "plain", "a,b", `say "hi"`, "['x']"])).toBe(
    `1,plain,"a,b","say ""hi""",['x']\n`,
  );
});

test("the probabilities' file holds the truth, a row a user", () => {
  const { probability } = decodeSafetensors(
    readFileSync(join(folder, "true_probabilities.safetensors")),
  );
  expect(probability!.shape).toEqual([options.users, options.items]);
  const truth = trueProbabilities(generateShop(options));
  for (const u of [0, 17, 59]) {
    const row = probability!.values.subarray(u * options.items, (u + 1) * options.items);
    expect(Array.from(row)).toEqual(Array.from(truth(u)));
  }
});

test("the same options give the same bytes, on this machine and on any other", async () => {
  const again = join(root, "again");
  await writeSampleShop(again, options, everything);
  const sha256 = createHash("sha256");
  for (const name of files) {
    const bytes = readFileSync(join(again, name));
    expect(bytes.equals(readFileSync(join(folder, name))), name).toBe(true);
    sha256.update(bytes);
  }
  // A change of this number is a change of everybody's sample shop: say so in the changelog.
  expect(sha256.digest("hex")).toMatchInlineSnapshot(
    `"a85ef1fdcab744c5b5a2adf55395064dcae097ea9f8c158f25c6c664d0714954"`,
  );
});

test("writing stops when it is asked to", async () => {
  const stopped = AbortSignal.abort(new Error("stopped by the user"));
  await expect(writeSampleShop(join(root, "stop"), options, { signal: stopped })).rejects.toThrow(
    "stopped by the user",
  );
});
