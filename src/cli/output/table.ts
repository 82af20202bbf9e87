import { stripVTControlCharacters } from "node:util";

/** Lines of columns as wide as their widest cell; columns of figures are aligned to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  indent = "  ",
): string {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(visibleLength)),
  );
  const isFigures = head.map((_, column) =>
    rows.every((row) => /^([-–—]?|[-+]?[\d.,]+( ?[^\d\s]+)?( .*)?)$/.test(row[column] ?? "")),
  );
  const line = (cells: readonly string[]): string => {
    const padded = widths.map((width, column) => {
      const cell = cells[column] ?? "";
      const gap = " ".repeat(width - visibleLength(cell));
      return isFigures[column] === true && rows.length > 0 ? gap + cell : cell + gap;
    });
    return (indent + padded.join("  ")).trimEnd();
  };
  return [line(head), ...rows.map(line)].join("\n");
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
