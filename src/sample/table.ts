/** A column of a features file and its type, as the description file names them. */
export interface Column {
  readonly name: string;
  readonly type: "ID" | "int" | "double" | "string" | "set";
}

/** The description file: a JSON object, column numbers to name and type. */
export function description(columns: readonly Column[]): string {
  return `${JSON.stringify(Object.fromEntries(columns.entries()), undefined, 2)}\n`;
}

/** A list of strings as Python's `repr` writes it. */
export function pythonList(values: readonly string[]): string {
  return `[${values.map(pythonString).join(", ")}]`;
}

/** A line of CSV; a cell is quoted only when it has to be, as Python's `csv` does by default. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

/** Python prefers single quotes, and double ones around a text that has a single one but no double. */
function pythonString(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replaceAll("\\", "\\\\");
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function csvCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
