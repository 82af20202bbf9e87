import type { Database } from "../../database/index.ts";

/** Where ids stand that must differ. */
export interface IdColumns {
  /** A table with the columns `rule` and `value`, in the order of the file. */
  readonly table: string;
  /** The columns that an id is stored in. */
  readonly columns: readonly string[];
  /** The SQL expression for an id's text. */
  readonly text: string;
}

/**
 * Finds ids that stand in an earlier valid row, and gives those rows the rule number `rule`.
 *
 * Only when the ids' 64-bit hashes are not all different are the few suspects compared themselves:
 * exact, and without a table of ten million ids.
 */
export async function markDuplicates(
  database: Database,
  { table, columns, text }: IdColumns,
  rule: number,
): Promise<void> {
  const id = columns.join(", ");
  const [rows, hashes] = await database.row(
    `SELECT count(*), count(DISTINCT hash(${id})) FROM ${table} WHERE rule IS NULL`,
  );
  if (rows === hashes) return;
  await database.run(`
    UPDATE ${table} SET rule = ${rule}, value = ${text} WHERE rowid IN (
      SELECT row FROM (
        SELECT rowid AS row, row_number() OVER (PARTITION BY ${id} ORDER BY rowid) AS nth
        FROM ${table}
        WHERE rule IS NULL AND hash(${id}) IN (
          SELECT hash(${id}) FROM ${table} WHERE rule IS NULL GROUP BY 1 HAVING count(*) > 1
        )
      ) WHERE nth > 1
    )`);
}
