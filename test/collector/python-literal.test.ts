import { spawnSync } from "node:child_process";

import fc from "fast-check";
import { expect, test } from "vitest";

import { parseSetLiteral } from "../../src/collector/read/python-literal.ts";

test.each([
  ["['Animation', \"Children's\", 'Comedy']", ["Animation", "Children's", "Comedy"]],
  ["['Comedy']", ["Comedy"]],
  ["('a',)", ["a"]],
  ["{'a', 'b'}", ["a", "b"]],
  ['["a", "b\\u00e9", 1, true, null]', ["a", "bé", "1", "true"]],
  ["['a', 'b', 'a']", ["a", "b"]],
  ["[None, nan, True, -1.5e3]", ["True", "-1.5e3"]],
  [
    String.raw`['\'', "\"", '\\', '\n', '\x41', '\u00e9', '\U0001F600', '\d', '\101']`,
    ["'", '"', "\\", "\n", "A", "é", "😀", "\\d"],
  ],
  ["", []],
  ["[]", []],
  ["set()", []],
  ["  [ ]  ", []],
  ["['']", [""]],
  ["plain text", ["plain text"]],
])("A5 the cell %j is the set %j", (cell, expected) => {
  expect(parseSetLiteral(cell)).toEqual(expected);
});

test.each([
  ["['a'", 5],
  ["['a' 'b']", 6],
  ["['a]", 2],
  ["['a'] x", 6],
  ["[a]", 2],
  ["[['a']]", 2],
  ["{'a': 1}", 5],
  ["['a')", 5],
  ["a[b", 2],
  ["[,]", 2],
  [String.raw`['\x4']`, 3],
  [String.raw`['\N{BULLET}']`, 3],
  [String.raw`['\U00110000']`, 3],
])("A5 the cell %j is refused at character %d", (cell, at) => {
  expect(parseSetLiteral(cell)).toMatchObject({ at });
});

/** Python's repr of a string: double quotes only if it holds a single one and no double one. */
function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = Array.from(text, (character) => {
    const point = character.codePointAt(0)!;
    if (character === quote || character === "\\") return `\\${character}`;
    if (character === "\n") return "\\n";
    if (character === "\r") return "\\r";
    if (character === "\t") return "\\t";
    if (point < 0x20 || (point >= 0x7f && point < 0xa1))
      return `\\x${point.toString(16).padStart(2, "0")}`;
    return character;
  });
  return `${quote}${body.join("")}${quote}`;
}

const strings = fc.array(
  fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom("'", '"', "\\", ",", "[", "]", "\n", "a", " ", "é", "😀") }),
  ),
);

test("A5 every Python repr of a list of strings comes back as that list, without repeats", () => {
  fc.assert(
    fc.property(strings, (list) => {
      const literal = `[${list.map(pythonRepr).join(", ")}]`;
      expect(parseSetLiteral(literal)).toEqual([...new Set(list)]);
    }),
    { numRuns: 1000, seed: 11 },
  );
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!hasPython)(
  "A5 what python3 itself writes for lists of strings comes back (needs python3)",
  () => {
    const lists = fc.sample(strings, { numRuns: 300, seed: 13 });
    const program = "import json,sys\nprint(json.dumps([repr(l) for l in json.load(sys.stdin)]))";
    const { stdout } = spawnSync("python3", ["-c", program], { input: JSON.stringify(lists) });
    const literals = JSON.parse(stdout.toString()) as string[];
    expect(literals.map(parseSetLiteral)).toEqual(lists.map((list) => [...new Set(list)]));
  },
);
