import type { Database } from "../../database/index.ts";
import { type CollectorConfig, DataError } from "../../schema/index.ts";
import type { Entity } from "../read/description.ts";
import type { FeatureTable } from "../read/feature-table.ts";
import type { RawIds } from "../read/raw-ids.ts";

/** All users or all items, in index order. */
export interface Entities {
  readonly ids: readonly string[];
  /** Each one's row in its feature table, −1 where it has none (A19). */
  readonly featureRow: Int32Array;
  /** Is every id a canonical integer within ±(2^53 − 1)? Then the index follows their value (A4). */
  readonly areNumbers: boolean;
}

/** Greater than any JSON number that every reader keeps exact. */
const LARGEST_ID = Number.MAX_SAFE_INTEGER;

/**
 * Numbers the ids of the interactions and of the feature table together, and leaves the result in the
 * table `users` or `items` with the columns `index, id, feature_row`, and in the enumeration type
 * `user_ids` or `item_ids`, whose codes are the indices.
 */
export async function indexEntities(
  database: Database,
  entity: Entity,
  features: FeatureTable | undefined,
  raw: RawIds,
): Promise<Entities> {
  await database.run(`CREATE TABLE ${entity}_rows (id VARCHAR, feature_row INTEGER)`);
  const appender = await database.connection.createAppender(`${entity}_rows`);
  for (const [row, id] of (features?.ids ?? []).entries()) {
    appender.appendVarchar(id);
    appender.appendInteger(row);
    appender.endRow();
  }
  appender.closeSync();
  await database.run(`
    CREATE TABLE ${entity}_ids AS
    SELECT id, max(feature_row) AS feature_row FROM (
      SELECT id, -1 AS feature_row FROM (${raw.used(entity)})
      UNION ALL SELECT id, feature_row FROM ${entity}_rows
    ) GROUP BY id`);
  const [allNumbers] = await database.row(`
    SELECT bool_and(coalesce(number::VARCHAR = id AND number BETWEEN -${LARGEST_ID} AND ${LARGEST_ID}, false))
    FROM (SELECT id, TRY_CAST(id AS BIGINT) AS number FROM ${entity}_ids)`);
  const areNumbers = allNumbers === true;
  await database.run(`
    CREATE TABLE ${entity}s AS
    SELECT (row_number() OVER (ORDER BY ${areNumbers ? "id::BIGINT" : "id"}) - 1)::UINTEGER AS index,
      id, feature_row
    FROM ${entity}_ids`);
  await database.run(`DROP TABLE ${entity}_rows; DROP TABLE ${entity}_ids`);
  await database.run(
    `CREATE TYPE ${entity}_ids AS ENUM (SELECT id FROM ${entity}s ORDER BY index)`,
  );

  const ids: string[] = [];
  const rows: number[] = [];
  await database.stream(`SELECT id, feature_row FROM ${entity}s ORDER BY index`, (chunk, count) => {
    const [id, row] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
    for (let i = 0; i < count; i++) {
      ids.push(id.getItem(i) as string);
      rows.push(row.getItem(i) as number);
    }
  });
  return { ids, featureRow: Int32Array.from(rows), areNumbers };
}

/**
 * Whether the ids are written as JSON numbers or strings (A4).
 *
 * @throws DataError if numbers are demanded and some id is none
 */
export function idOutput(
  file: string,
  entity: Entity,
  { areNumbers }: Entities,
  wanted: CollectorConfig["idOutput"],
): "number" | "string" {
  if (wanted === "number" && !areNumbers) {
    throw new DataError(
      { file },
      `collector.idOutput is "number" but not every ${entity}_id is an integer within 2^53 − 1; set it to "auto" or "string"`,
    );
  }
  return wanted === "string" || !areNumbers ? "string" : "number";
}
