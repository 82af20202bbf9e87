/**
 * Reads an `id_list` (A12): `10,20`, or a list in brackets as JSON or Python write it, whose ids may
 * hold commas: `[10,20]`, `["a","b, c"]`, `['a', "it's"]`. Blanks around an id do not count.
 *
 * @throws SyntaxError that says what is wrong
 */
export function parseIdList(text: string): string[] {
  const trimmed = text.trim();
  if (trimmed.startsWith("[")) return new BracketedList(trimmed).ids();
  return trimmed.split(",").map((part, i) => nonEmpty(part.trim(), i));
}

function nonEmpty(id: string, i: number): string {
  if (id === "") throw new SyntaxError(`id ${i + 1} is empty`);
  return id;
}

const BLANK = /\s*/y;
/** An id without quotes ends at a comma or bracket. */
const BARE = /[^\s,[\]"'][^,[\]"']*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/sy;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs;
const ESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class BracketedList {
  readonly #text: string;
  #at = 1;

  constructor(text: string) {
    this.#text = text;
  }

  ids(): string[] {
    const ids: string[] = [];
    for (let separator = ","; separator === ","; separator = this.#separator()) {
      ids.push(nonEmpty(this.#id(), ids.length));
    }
    return ids;
  }

  #id(): string {
    this.#take(BLANK);
    const quoted = this.#take(QUOTED);
    if (quoted !== null) return unescape(quoted[1] ?? quoted[2] ?? "");
    return this.#take(BARE)?.[0].trimEnd() ?? "";
  }

  #separator(): string {
    this.#take(BLANK);
    const separator = this.#text[this.#at++];
    if (separator === "]" && this.#at === this.#text.length) return separator;
    if (separator === ",") return separator;
    throw new SyntaxError(
      separator === undefined
        ? `the list has no closing "]"`
        : `unexpected ${separator} at character ${this.#at}`,
    );
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }
}

function unescape(text: string): string {
  return text.replace(ESCAPE, (sequence, unicode?: string, hex?: string, letter?: string) => {
    const code = unicode ?? hex;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    const character = ESCAPED[letter ?? ""];
    if (character === undefined) throw new SyntaxError(`unknown escape ${sequence}`);
    return character;
  });
}
