import { expect, test } from "vitest";

import { parseSetLiteral } from "../../src/collector/read/python-literal.ts";

test.each([
  [String.raw`\a`, "\u0007"],
  [String.raw`\b`, "\u0008"],
  [String.raw`\f`, "\u000c"],
  [String.raw`\n`, "\u000a"],
  [String.raw`\r`, "\u000d"],
  [String.raw`\t`, "\u0009"],
  [String.raw`\v`, "\u000b"],
  [String.raw`\\`, "\\"],
  [String.raw`\'`, "'"],
  [String.raw`\"`, '"'],
  ["\\\n", ""],
  [String.raw`\0`, "\u0000"],
  [String.raw`\7`, "\u0007"],
  [String.raw`\12`, "\n"],
  [String.raw`\1018`, "A8"],
  [String.raw`\8`, "\\8"],
  [String.raw`\x4A`, "J"],
  [String.raw`\xe9e`, "ée"],
  [String.raw`\u00E9e`, "ée"],
  [String.raw`\U0001f600F`, "😀F"],
  [String.raw`\U0010ffff`, "\u{10ffff}"],
  [String.raw`\q`, "\\q"],
])("A5 %s in a quoted value is what Python's reference says: %j", (escape, character) => {
  expect(parseSetLiteral(`['<${escape}>']`)).toEqual([`<${character}>`]);
});

test("A5 JSON's escaped slash is a slash, and its pair of surrogates is one character", () => {
  expect(parseSetLiteral(String.raw`["a\/b", "\ud83d\ude00"]`)).toEqual(["a/b", "😀"]);
});

test("A5 half a pair of surrogates, which no file could hold, becomes the replacement character", () => {
  expect(parseSetLiteral(String.raw`['a\ud83d', 'b\udead']`)).toEqual(["a\ufffd", "b\ufffd"]);
});

test.each(
  "0 7 -3 +4 12 1. .25 2.5 1e5 1E5 1e-10 1e+10 2.5e10 1_000 1_000_000 True False true false".split(
    " ",
  ),
)("A5 the bare value %s is its text", (word) => {
  expect(parseSetLiteral(`[${word}]`)).toEqual([word]);
  expect(parseSetLiteral(`['a', ${word} , 'b']`)).toEqual(["a", word, "b"]);
});

test.each(["None", "null", "nan", "NaN"])("A5 the bare value %s is dropped", (word) => {
  expect(parseSetLiteral(`[${word}]`)).toEqual([]);
  expect(parseSetLiteral(`(1, ${word},)`)).toEqual(["1"]);
  expect(parseSetLiteral(`['${word}']`)).toEqual([word]);
});

test.each("a1 1a 1e 1e5x none TRUE 0x10 -None . - e5 1.2.3 _1 é 1+2 {} (1,) true.x".split(" "))(
  "A5 the bare value %s in a list is refused, for it is neither quoted nor a number",
  (word) => {
    expect(parseSetLiteral(`['a', ${word}]`)).toMatchObject({ at: 7 });
  },
);

test.each([
  ["[ 'a' , 'b' ]", ["a", "b"]],
  ["['a','b',]", ["a", "b"]],
  ["\t[\n'a',\r\n'b'\n]\n", ["a", "b"]],
  ["['a,b', \"]\", '(']", ["a,b", "]", "("]],
  ["[1,2]", ["1", "2"]],
  ["()", []],
  ["{}", []],
  ["{'b', \"a\"}", ["b", "a"]],
  ["('a')", ["a"]],
  ["  plain text ", ["plain text"]],
  ['it\'s, "so"', ['it\'s, "so"']],
  ["set", ["set"]],
  ["   ", []],
])("A5 the cell %j is the set %j, whatever blanks there are", (cell, expected) => {
  expect(parseSetLiteral(cell)).toEqual(expected);
});

test.each([
  ["]", 1, "a bracket inside a bare value"],
  ["a)", 2, "a bracket inside a bare value"],
  ["set([1])", 4, "a bracket inside a bare value"],
  ["['a' 'b']", 6, 'expected "," or "]"'],
  ["{'a': 1}", 5, 'expected "," or "}"'],
  ["('a'", 5, 'expected "," or ")"'],
  ["['a', 'b'", 10, 'expected "," or "]"'],
  ["['a',", 6, "expected a quoted value"],
  ["[", 2, "expected a quoted value"],
  ["[,]", 2, "expected a quoted value"],
  ["['a',,]", 6, "expected a quoted value"],
  ["('a') x", 6, 'text after the closing ")"'],
  ["[]]", 3, 'text after the closing "]"'],
  ["['a', 'b]", 7, "a value that opens with ' and does not close"],
  ['["a]', 2, 'a value that opens with " and does not close'],
  [String.raw`['ab\x4']`, 5, "an escape that Python does not have"],
  [String.raw`['\u00e']`, 3, "an escape that Python does not have"],
  [String.raw`['\U0001F60']`, 3, "an escape that Python does not have"],
  [String.raw`['\xg0']`, 3, "an escape that Python does not have"],
  [String.raw`['\N{DASH}']`, 3, "an escape that Python does not have"],
  [String.raw`['\U00110000']`, 3, "an escape that Python does not have"],
  [String.raw`['a\ `.trim(), 4, "an escape that Python does not have"],
])("A5 the cell %j is refused at character %d: %s", (cell, at, problem) => {
  expect(parseSetLiteral(cell)).toEqual({ at, problem });
});
