/** A cell that is no list: what is wrong, at which of its characters (from 1). */
export interface LiteralProblem {
  readonly at: number;
  readonly problem: string;
}

const CLOSING: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}" };
/** A number, or a name such as True. */
const BARE = /[+-]?[\w.]+(?:[+-]\d+)?/y;
const NUMBER = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DROPPED = new Set(["None", "null", "nan", "NaN"]);
const KEPT_NAMES = new Set(["True", "False", "true", "false"]);
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  "/": "/", // JSON
  "\n": "", // a line that goes on
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const CODE_ESCAPE = /x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}/y;

/**
 * Reads a `set` cell: a Python list, tuple or set of strings, or a JSON array (Q34, Q35, A5).
 *
 * Numbers and True are taken as their text, None is dropped, repeats are dropped, the order is kept.
 * An empty cell is the empty set; a cell without any bracket is one value. Nothing is ever evaluated.
 */
export function parseSetLiteral(cell: string): readonly string[] | LiteralProblem {
  const text = cell.trim();
  if (text === "" || text === "set()") return [];
  const closing = CLOSING[text[0]!];
  if (closing === undefined) {
    const bracket = text.search(/[[\](){}]/);
    return bracket < 0 ? [text] : { at: bracket + 1, problem: "a bracket inside a bare value" };
  }
  const values = new Set<string>();
  let at = skipSpace(text, 1);
  while (text[at] !== closing) {
    const item = text[at] === "'" || text[at] === '"' ? quoted(text, at) : bare(text, at);
    if ("problem" in item) return item;
    if (item.value !== undefined) values.add(item.value);
    at = skipSpace(text, item.end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
    else if (text[at] !== closing) return { at: at + 1, problem: `expected "," or "${closing}"` };
  }
  if (at + 1 < text.length) return { at: at + 2, problem: `text after the closing "${closing}"` };
  return [...values];
}

type Item = { readonly value: string | undefined; readonly end: number } | LiteralProblem;

function quoted(text: string, start: number): Item {
  const quote = text[start];
  let value = "";
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === quote) return { value: value.toWellFormed(), end: at + 1 };
    if (character !== "\\") {
      value += character;
      continue;
    }
    const escape = escaped(text, at + 1);
    if (escape === undefined) return { at: at + 1, problem: "an escape that Python does not have" };
    value += escape.value;
    at = escape.end - 1;
  }
  return { at: start + 1, problem: `a value that opens with ${quote!} and does not close` };
}

/** The escape whose backslash stands before `at`. */
function escaped(
  text: string,
  at: number,
): { readonly value: string; readonly end: number } | undefined {
  const next = text[at];
  if (next === undefined) return undefined;
  const simple = SIMPLE_ESCAPES[next];
  if (simple !== undefined) return { value: simple, end: at + 1 };
  CODE_ESCAPE.lastIndex = at;
  const code = CODE_ESCAPE.exec(text)?.[0];
  if (code !== undefined) {
    const point = /^\d/.test(code) ? parseInt(code, 8) : parseInt(code.slice(1), 16);
    if (point > 0x10ffff) return undefined;
    return { value: String.fromCodePoint(point), end: at + code.length };
  }
  // Python keeps the backslash of an escape that it does not know; x, u, U and N must be complete.
  return "xuUN".includes(next) ? undefined : { value: `\\${next}`, end: at + 1 };
}

function bare(text: string, at: number): Item {
  BARE.lastIndex = at;
  const word = BARE.exec(text)?.[0] ?? "";
  if (DROPPED.has(word)) return { value: undefined, end: at + word.length };
  if (NUMBER.test(word) || KEPT_NAMES.has(word)) return { value: word, end: at + word.length };
  return { at: at + 1, problem: "expected a quoted value" };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text.charAt(at))) at++;
  return at;
}
