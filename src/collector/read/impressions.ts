import type { Database } from "../../database/index.ts";
import type { FileReport } from "../../schema/index.ts";
import { badTimestamp, timestampSql } from "../check/bad-timestamp.ts";
import { badValue, valueSql } from "../check/bad-value.ts";
import { markDuplicates } from "../check/duplicate-id.ts";
import { missingId } from "../check/missing-id.ts";
import type { Quarantine } from "../check/quarantine.ts";
import type { RowCheck } from "../check/row-check.ts";
import { checkedSql, expectAllRows, type NumberedRule, quarantineRows } from "./checked-rows.ts";
import type { ImpressionLayout } from "./impression-layout.ts";
import type { PlainFile } from "./plain-file.ts";
import { plainCellSql, plainTableSql } from "./plain-table.ts";
import type { LocalFile } from "./raw-files.ts";

/** In the order in which they are applied: the first that a row breaks is the one it is set aside for. */
const CHECKS: readonly RowCheck[] = [
  missingId("impression_id"),
  missingId("user_id"),
  missingId("item_id"),
  badTimestamp,
  badValue,
];
const DUPLICATE: NumberedRule = {
  rule: "duplicate_impression",
  column: "impression_id",
  whatToDo: "give each impression an id of its own; the first row with this one is used",
};

/**
 * Reads the impressions into the table `shown` and sets the bad rows aside.
 *
 * `shown`: `impression_id, user_id, item_id, source` text, `timestamp` BIGINT as written, `worth` DOUBLE, `rule` null
 * for an accepted row. Its rowid is the row's number in the plain file.
 *
 * @throws Error if DuckDB did not come back with exactly the rows that were counted in the file
 */
export async function readImpressions(
  database: Database,
  file: LocalFile,
  plain: PlainFile,
  layout: ImpressionLayout,
  quarantine: Quarantine,
): Promise<FileReport> {
  await database.run(createShown(plain, layout));
  await expectAllRows(database, "shown", file, plain);
  await markDuplicates(
    database,
    { table: "shown", columns: ["impression_id"], text: "impression_id" },
    CHECKS.length,
  );
  await quarantineRows(database, "shown", [...CHECKS, DUPLICATE], file, plain, quarantine);
  const rejected = quarantine.rejected(file.name);
  return {
    file: file.name,
    header: layout.hasHeader,
    columns: [...layout.columns].sort(([, a], [, b]) => a - b).map(([name]) => name),
    records: plain.records,
    accepted: plain.records - rejected,
    rejected,
  };
}

function createShown(plain: PlainFile, { width, columns }: ImpressionLayout): string {
  const cell = (name: Parameters<typeof columns.get>[0]): string =>
    plainCellSql(plain, columns.get(name)!);
  const value = columns.has("value") ? cell("value") : "NULL::VARCHAR";
  const checked = checkedSql(CHECKS, columns, ["timestamp", "value"]);
  return `
    CREATE TABLE shown AS
    SELECT impression_id, user_id, item_id, source, timestamp, value AS worth, rule, ${checked.value} AS value
    FROM (
      SELECT *, ${checked.rule} AS rule FROM (
        SELECT ${cell("impression_id")} AS impression_id, ${cell("user_id")} AS user_id,
          ${cell("item_id")} AS item_id, ${cell("source")} AS source, ${cell("timestamp")} AS timestamp_text,
          ${timestampSql(cell("timestamp"))} AS timestamp, ${value} AS value_text, ${valueSql(value)} AS value
        FROM ${plainTableSql(plain, width)}
      )
    )`;
}
