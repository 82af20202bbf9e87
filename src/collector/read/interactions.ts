import { type Database, literal } from "../../database/index.ts";
import type { FileReport } from "../../schema/index.ts";
import { badRating, ratingSql } from "../check/bad-rating.ts";
import { badTimestamp, timestampSql } from "../check/bad-timestamp.ts";
import { markDuplicateInteractions } from "../check/duplicate-interaction.ts";
import { missingId } from "../check/missing-id.ts";
import type { Quarantine } from "../check/quarantine.ts";
import type { RowCheck } from "../check/row-check.ts";
import { unescapedSql } from "./escape.ts";
import { possibleUuidSql } from "./interaction-id.ts";
import type { InteractionLayout } from "./interaction-layout.ts";
import type { PlainFile } from "./plain-file.ts";
import type { LocalFile } from "./raw-files.ts";
import { MAX_LINE_BYTES } from "./record-splitter.ts";

/** In the order in which they are applied: the first that a row breaks is the one it is set aside for. */
const CHECKS: readonly RowCheck[] = [
  missingId("interaction_id"),
  missingId("user_id"),
  missingId("item_id"),
  badRating,
  badTimestamp,
];
const DUPLICATE = CHECKS.length;

export interface Interactions {
  readonly hasTimestamps: boolean;
  readonly hasSources: boolean;
  readonly report: FileReport;
}

/**
 * Reads the interactions into the table `raw` and sets the bad rows aside.
 *
 * `raw`: `interaction_uuid` or `interaction_text` (`interaction-id.ts`), `user_id, item_id, source` text,
 * `rating` DOUBLE, `timestamp` BIGINT as written, `rule` null for an accepted row. Its rowid is the row's
 * number in the plain file.
 *
 * @throws Error if DuckDB did not come back with exactly the rows that were counted in the file
 */
export async function readInteractions(
  database: Database,
  file: LocalFile,
  plain: PlainFile,
  layout: InteractionLayout,
  quarantine: Quarantine,
): Promise<Interactions> {
  await database.run(createRaw(plain, layout));
  const [rows] = await database.row("SELECT count(*) FROM raw");
  if (Number(rows) !== plain.rows) {
    throw new Error(
      `${file.name}: ${plain.rows} rows were counted but ${String(rows)} were read; nothing was written, please report this`,
    );
  }
  const hasTimestamps =
    layout.columns.has("timestamp") && !(await dropColumnWithoutTimestamps(database));
  await markDuplicateInteractions(database, DUPLICATE);
  await quarantineRows(database, file, plain, quarantine);
  const [sources] = await database.row("SELECT count(source) FROM raw WHERE rule IS NULL");
  const rejected = quarantine.rejected(file.name);
  return {
    hasTimestamps,
    hasSources: Number(sources) > 0,
    report: {
      file: file.name,
      header: layout.hasHeader,
      columns: [...layout.columns].sort(([, a], [, b]) => a - b).map(([name]) => name),
      records: plain.records,
      accepted: plain.records - rejected,
      rejected,
    },
  };
}

function createRaw(plain: PlainFile, { width, columns }: InteractionLayout): string {
  const names = Array.from({ length: width }, (_, column) => `c${column}`);
  const csv = `read_csv(${literal(plain.path)}, auto_detect = false, header = false,
    delim = ${literal(plain.delimiter)}, quote = '', escape = '', comment = '', skip = ${plain.skip},
    max_line_size = ${MAX_LINE_BYTES}, columns = {${names.map((name) => `'${name}': 'VARCHAR'`).join(", ")}})`;
  const cell = (name: Parameters<typeof columns.get>[0]): string | undefined => {
    const column = columns.get(name);
    if (column === undefined) return undefined;
    return plain.isEscaped ? unescapedSql(`c${column}`) : `c${column}`;
  };
  const timestamp = cell("timestamp");
  const checks = CHECKS.filter(({ column }) => columns.has(column));
  const rule = checks
    .map((check) => `WHEN ${check.broken} THEN ${CHECKS.indexOf(check)}`)
    .join(" ");
  const value = checks
    .map((check) => {
      const isText = check.column === "rating" || check.column === "timestamp";
      return `WHEN ${CHECKS.indexOf(check)} THEN ${check.column}${isText ? "_text" : ""}`;
    })
    .join(" ");
  return `
    CREATE TABLE raw AS
    SELECT interaction_uuid, CASE WHEN interaction_uuid IS NULL THEN interaction_id END AS interaction_text,
      user_id, item_id, rating, timestamp, source, rule, CASE rule ${value} END AS value
    FROM (
      SELECT *, (CASE ${rule} END)::UTINYINT AS rule,
        CASE WHEN uuid::VARCHAR = interaction_id THEN uuid END AS interaction_uuid
      FROM (SELECT *, ${possibleUuidSql("interaction_id")} AS uuid FROM (
        SELECT ${cell("interaction_id")!} AS interaction_id, ${cell("user_id")!} AS user_id,
          ${cell("item_id")!} AS item_id, ${cell("rating")!} AS rating_text,
          ${ratingSql(cell("rating")!)} AS rating, ${timestamp ?? "NULL"} AS timestamp_text,
          ${timestamp === undefined ? "NULL::BIGINT" : timestampSql(timestamp)} AS timestamp,
          ${cell("source") ?? "NULL::VARCHAR"} AS source
        FROM ${csv}
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

async function quarantineRows(
  database: Database,
  file: LocalFile,
  plain: PlainFile,
  quarantine: Quarantine,
): Promise<void> {
  await database.stream(
    "SELECT rowid::DOUBLE, rule, coalesce(value, '') FROM raw WHERE rule IS NOT NULL ORDER BY rowid",
    (chunk) => {
      const [rows, rules, values] = [0, 1, 2].map((column) => chunk.getColumnVector(column));
      for (let i = 0; i < chunk.rowCount; i++) {
        const rule = rules!.getItem(i) as number;
        const { column, ...problem } =
          rule === DUPLICATE
            ? {
                rule: "duplicate_interaction" as const,
                column: "interaction_id",
                whatToDo:
                  "give each interaction an id of its own; the first row with this one is used",
              }
            : CHECKS[rule]!;
        quarantine.add({
          file: file.name,
          line: plain.lineOfRow(rows!.getItem(i) as number),
          column,
          rule: problem.rule,
          value: values!.getItem(i) as string,
          whatToDo: problem.whatToDo,
        });
      }
    },
  );
}
