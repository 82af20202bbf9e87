import type { Database } from "../../database/index.ts";
import type { RowProblem } from "../../schema/index.ts";
import type { Quarantine } from "../check/quarantine.ts";
import type { RowCheck } from "../check/row-check.ts";
import { lineOfRow, type PlainFile } from "./plain-file.ts";
import type { LocalFile } from "./raw-files.ts";

/** What is wrong with a row whose rule is the number of this in a list. */
export type NumberedRule = Pick<RowProblem, "rule" | "column" | "whatToDo">;

/** The SQL expressions for the number of the first check that a row breaks, and for the cell that breaks it. */
export function checkedSql(
  all: readonly RowCheck[],
  columns: ReadonlySet<string> | ReadonlyMap<string, number>,
  textColumns: readonly string[],
): { readonly rule: string; readonly value: string } {
  const checks = all.filter(({ column }) => columns.has(column));
  const rule = checks.map((check) => `WHEN ${check.broken} THEN ${all.indexOf(check)}`);
  const value = checks.map(
    ({ column }, at) =>
      `WHEN ${all.indexOf(checks[at]!)} THEN ${column}${textColumns.includes(column) ? "_text" : ""}`,
  );
  return {
    rule: `(CASE ${rule.join(" ")} END)::UTINYINT`,
    value: `CASE rule ${value.join(" ")} END`,
  };
}

/** @throws Error if DuckDB did not come back with exactly the rows that were counted in the file */
export async function expectAllRows(
  database: Database,
  table: string,
  file: LocalFile,
  plain: PlainFile,
): Promise<void> {
  const [rows] = await database.row(`SELECT count(*) FROM ${table}`);
  if (Number(rows) === plain.rows) return;
  throw new Error(
    `${file.name}: ${plain.rows} rows were counted but ${String(rows)} were read; nothing was written, please report this`,
  );
}

/** Puts the rows of a table that have a rule, and the value that breaks it, into the quarantine. */
export async function quarantineRows(
  database: Database,
  table: string,
  rules: readonly NumberedRule[],
  file: LocalFile,
  { jumps }: Pick<PlainFile, "jumps">,
  quarantine: Quarantine,
): Promise<void> {
  await database.stream(
    `SELECT rowid::DOUBLE, rule, coalesce(value, '') FROM ${table} WHERE rule IS NOT NULL ORDER BY rowid`,
    (chunk, count) => {
      const [rows, broken, values] = [0, 1, 2].map((column) => chunk.getColumnVector(column));
      for (let i = 0; i < count; i++) {
        const { rule, column, whatToDo } = rules[broken!.getItem(i) as number]!;
        quarantine.add({
          file: file.name,
          line: lineOfRow(jumps, rows!.getItem(i) as number),
          column,
          rule,
          value: values!.getItem(i) as string,
          whatToDo,
        });
      }
    },
  );
}
