import type { Database } from "../../database/index.ts";
import { INTERACTION_ID_COLUMNS, interactionIdSql } from "./interaction-id.ts";
import type { RawIds } from "./raw-ids.ts";
import { sourceType } from "./sources.ts";

/** The table `accepted`: the accepted rows, sorted by user, then timestamp, then file order. */
export interface Accepted {
  /**
   * The SQL expressions for a row as it is shown to people: `interaction_id, user_id, item_id,
   * user_index, item_index, rating, source, timestamp` (Unix seconds).
   */
  readonly columns: string;
}

/**
 * Sorts the accepted rows into `accepted`, which takes the place of `raw`.
 *
 * A sort moves every row, and texts are what makes that slow: so users, items and sources are moved as codes of
 * enumerations, and interaction ids as UUIDs where they are. A cast brings a text back wherever it is
 * read; a join would not do there, since DuckDB then writes a file in any order. The key of the sort is the number:
 * an enumeration as the key takes twice the time.
 */
export async function sortAccepted(
  database: Database,
  timestamps: "none" | "s" | "ms",
  ids: RawIds,
): Promise<Accepted> {
  const source = await sourceType(database);
  const counts = await database.row(
    `SELECT ${INTERACTION_ID_COLUMNS.map((column) => `count(${column})`).join(", ")} FROM raw WHERE rule IS NULL`,
  );
  const used = INTERACTION_ID_COLUMNS.filter((_, at) => Number(counts[at]) > 0);
  const idColumns = used.length > 0 ? used : INTERACTION_ID_COLUMNS;
  const seconds = timestamps === "ms" ? "timestamp / 1000.0" : "timestamp::DOUBLE";
  await database.run(`
    CREATE TABLE accepted AS
    SELECT ${idColumns.join(", ")}, u.code AS user_code, i.code AS item_code, rating, source::${source} AS source,
      ${seconds} AS timestamp
    FROM raw
      JOIN (${ids.codes("user")}) AS u ON u.key = user_id
      JOIN (${ids.codes("item")}) AS i ON i.key = item_id
    WHERE rule IS NULL
    ORDER BY ${USER_INDEX}, raw.timestamp, raw.rowid;
    DROP TABLE raw`);
  return {
    columns: `${interactionIdSql(idColumns)} AS interaction_id,
      user_code::VARCHAR AS user_id, item_code::VARCHAR AS item_id, ${USER_INDEX} AS user_index,
      ${ITEM_INDEX} AS item_index, rating, source::VARCHAR AS source, timestamp`,
  };
}

/** The SQL expressions for a row's indices. */
export const USER_INDEX = "enum_code(user_code)::UINTEGER";
export const ITEM_INDEX = "enum_code(item_code)::UINTEGER";
