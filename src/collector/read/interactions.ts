import type { Database } from "../../database/index.ts";
import type { FileReport } from "../../schema/index.ts";
import { badRating, ratingSql } from "../check/bad-rating.ts";
import { badTimestamp, timestampSql } from "../check/bad-timestamp.ts";
import { markDuplicates } from "../check/duplicate-id.ts";
import { missingId } from "../check/missing-id.ts";
import type { Quarantine } from "../check/quarantine.ts";
import type { RowCheck } from "../check/row-check.ts";
import { checkedSql, expectAllRows, type NumberedRule, quarantineRows } from "./checked-rows.ts";
import { INTERACTION_ID_COLUMNS, interactionIdSql, possibleUuidSql } from "./interaction-id.ts";
import type { InteractionLayout } from "./interaction-layout.ts";
import type { PlainFile } from "./plain-file.ts";
import { plainCellSql, plainTableSql } from "./plain-table.ts";
import type { LocalFile } from "./raw-files.ts";
import type { RawIds } from "./raw-ids.ts";

/** In the order in which they are applied: the first that a row breaks is the one it is set aside for. */
const CHECKS: readonly RowCheck[] = [
  missingId("interaction_id"),
  missingId("user_id"),
  missingId("item_id"),
  badRating,
  badTimestamp,
];
const DUPLICATE: NumberedRule = {
  rule: "duplicate_interaction",
  column: "interaction_id",
  whatToDo: "give each interaction an id of its own; the first row with this one is used",
};

/** How the table `raw` came from the file. */
export type RawTable = Pick<PlainFile, "records" | "jumps"> & { readonly ids: RawIds };

export interface Interactions {
  readonly hasTimestamps: boolean;
  readonly hasSources: boolean;
  readonly ids: RawIds;
  readonly report: FileReport;
}

/**
 * Reads a plain file of interactions into the table `raw`, each row with the first rule that it breaks by itself.
 *
 * `raw`: `interaction_uuid` or `interaction_text` (`interaction-id.ts`), `user_id, item_id, source` text,
 * `rating` DOUBLE, `timestamp` BIGINT as written, `rule` null for an accepted row. Its rowid is the row's
 * number in the plain file.
 *
 * @throws Error if DuckDB did not come back with exactly the rows that were counted in the file
 */
export async function tableRaw(
  database: Database,
  file: LocalFile,
  plain: PlainFile,
  layout: InteractionLayout,
): Promise<void> {
  await database.run(createRaw(plain, layout));
  await expectAllRows(database, "raw", file, plain);
}

/** Sets the bad rows of the table `raw` aside, duplicates among them. */
export async function checkInteractions(
  database: Database,
  file: LocalFile,
  raw: RawTable,
  layout: InteractionLayout,
  quarantine: Quarantine,
): Promise<Interactions> {
  const hasTimestamps =
    layout.columns.has("timestamp") && !(await dropColumnWithoutTimestamps(database));
  await markDuplicates(
    database,
    { table: "raw", columns: INTERACTION_ID_COLUMNS, text: interactionIdSql() },
    CHECKS.length,
  );
  await quarantineRows(database, "raw", [...CHECKS, DUPLICATE], file, raw, quarantine);
  const [sources] = await database.row("SELECT count(source) FROM raw WHERE rule IS NULL");
  const rejected = quarantine.rejected(file.name);
  return {
    hasTimestamps,
    hasSources: Number(sources) > 0,
    ids: raw.ids,
    report: {
      file: file.name,
      header: layout.hasHeader,
      columns: [...layout.columns].sort(([, a], [, b]) => a - b).map(([name]) => name),
      records: raw.records,
      accepted: raw.records - rejected,
      rejected,
    },
  };
}

function createRaw(plain: PlainFile, { width, columns }: InteractionLayout): string {
  const cell = (name: Parameters<typeof columns.get>[0]): string | undefined => {
    const column = columns.get(name);
    return column === undefined ? undefined : plainCellSql(plain, column);
  };
  const timestamp = cell("timestamp");
  const { rule, value } = checkedSql(CHECKS, columns, ["rating", "timestamp"]);
  return `
    CREATE TABLE raw AS
    SELECT interaction_uuid, CASE WHEN interaction_uuid IS NULL THEN interaction_id END AS interaction_text,
      user_id, item_id, rating, timestamp, source, rule, ${value} AS value
    FROM (
      SELECT *, ${rule} AS rule,
        CASE WHEN uuid::VARCHAR = interaction_id THEN uuid END AS interaction_uuid
      FROM (SELECT *, ${possibleUuidSql("interaction_id")} AS uuid FROM (
        SELECT ${cell("interaction_id")!} AS interaction_id, ${cell("user_id")!} AS user_id,
          ${cell("item_id")!} AS item_id, ${cell("rating")!} AS rating_text,
          ${ratingSql(cell("rating")!)} AS rating, ${timestamp ?? "NULL"} AS timestamp_text,
          ${timestamp === undefined ? "NULL::BIGINT" : timestampSql(timestamp)} AS timestamp,
          ${cell("source") ?? "NULL::VARCHAR"} AS source
        FROM ${plainTableSql(plain, width)}
      ))
    )`;
}

/** A timestamp column with nothing in it is as good as none (Q17). */
async function dropColumnWithoutTimestamps(database: Database): Promise<boolean> {
  const rule = CHECKS.indexOf(badTimestamp);
  const [hasValue] = await database.row(
    `SELECT bool_or(timestamp IS NOT NULL OR (rule = ${rule} AND value IS NOT NULL)) FROM raw`,
  );
  if (hasValue === true) return false;
  await database.run(`UPDATE raw SET rule = NULL WHERE rule = ${rule}`);
  return true;
}
