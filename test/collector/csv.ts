/**
 * Counts the records of a CSV file one character at a time: the plain definition that the fast
 * reader is held to.
 *
 * A line is a record unless it is empty. A record goes on over line ends inside a quoted value (one
 * that opens right after a comma or at the start); but if the value never closes, or something other
 * than a comma or a line end follows its closing quote, the record is its first line alone.
 */
export function countRecords(text: string): number {
  let records = 0;
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const newline = text.indexOf("\n", at);
    const lineEnd = newline < 0 ? text.length : newline + 1;
    if (/^\r?\n?$/.test(text.slice(at, lineEnd))) {
      at = lineEnd;
      continue;
    }
    records++;
    at = wellFormedEnd(text, at) ?? lineEnd;
  }
  return records;
}

/** Where a well-formed record ends. */
function wellFormedEnd(text: string, start: number): number | undefined {
  let state: "cell start" | "bare" | "quoted" | "closed" = "cell start";
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (state === "quoted") {
      if (character !== '"') continue;
      if (text[at + 1] === '"') at++;
      else state = "closed";
    } else if (character === "\n") return at + 1;
    else if (character === ",") state = "cell start";
    else if (state === "closed") {
      const isLineEnd = character === "\r" && (text[at + 1] === "\n" || at + 1 === text.length);
      if (!isLineEnd) return undefined;
    } else state = state === "cell start" && character === '"' ? "quoted" : "bare";
  }
  return state === "quoted" ? undefined : text.length;
}
