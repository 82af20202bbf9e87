import { literal } from "../../database/index.ts";
import { unescapedSql } from "./escape.ts";
import type { PlainFile } from "./plain-file.ts";
import { MAX_LINE_BYTES } from "./record-splitter.ts";

/** The SQL table function that reads a plain file of so many columns, `c0, c1, …`, all text. */
export function plainTableSql(plain: PlainFile, width: number): string {
  const columns = Array.from({ length: width }, (_, column) => `'c${column}': 'VARCHAR'`);
  return `read_csv(${literal(plain.path)}, auto_detect = false, header = false,
    delim = ${literal(plain.delimiter)}, quote = '', escape = '', comment = '', skip = ${plain.skip},
    max_line_size = ${MAX_LINE_BYTES}, columns = {${columns.join(", ")}})`;
}

/** The SQL expression for a cell of a plain file. */
export function plainCellSql({ isEscaped }: PlainFile, column: number): string {
  return isEscaped ? unescapedSql(`c${column}`) : `c${column}`;
}
