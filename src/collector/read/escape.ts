/** Delimiter of the plain copy of a CSV file: the control character made for it, unit separator. */
export const DELIMITER = "\x1f";

/** What a cell of the plain copy may not hold, and the two characters that stand for it. */
const ESCAPES: readonly (readonly [character: string, escape: string])[] = [
  ["\x1b", "\x1b0"], // first, so that no later escape is escaped again
  ["\n", "\x1b1"],
  ["\r", "\x1b2"],
  [DELIMITER, "\x1b3"],
];

/** Writes a cell so that it holds neither a line ending nor the delimiter. */
export function escapeCell(cell: string): string {
  return ESCAPES.reduce(
    (text, [character, escape]) =>
      text.includes(character) ? text.replaceAll(character, escape) : text,
    cell,
  );
}

/** The SQL expression that undoes {@link escapeCell} on the expression `cell`. */
export function unescapedSql(cell: string): string {
  return ESCAPES.toReversed().reduce(
    (sql, [character, escape]) =>
      `replace(${sql}, ${charactersSql(escape)}, ${charactersSql(character)})`,
    cell,
  );
}

function charactersSql(text: string): string {
  return Array.from(text, (character) => `chr(${character.charCodeAt(0)})`).join(" || ");
}
