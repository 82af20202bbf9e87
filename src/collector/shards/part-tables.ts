import { join } from "node:path";

import { type Database, literal } from "../../database/index.ts";

/** The tables of a shard's part, each a Parquet file. */
export const PART_TABLES = ["users", "items", "interactions"] as const;
export type PartTables = Readonly<Record<(typeof PART_TABLES)[number], string>>;

const ENTITIES = ["user", "item"] as const;
const PARQUET = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)";

/**
 * Writes the table `raw` of one shard to Parquet files: its ids, numbered from 0 in their order, and its rows in the
 * order of the file, with those numbers for ids.
 *
 * @returns where they are
 */
export async function writePartTables(database: Database, folder: string): Promise<PartTables> {
  const paths = pathsIn(folder);
  for (const entity of ENTITIES) {
    await database.run(`
      CREATE TABLE ${entity}_texts AS
      SELECT id, (row_number() OVER (ORDER BY id) - 1)::UINTEGER AS number
      FROM (SELECT DISTINCT ${entity}_id AS id FROM raw WHERE ${entity}_id IS NOT NULL);
      COPY (SELECT number, id FROM ${entity}_texts ORDER BY number)
      TO ${literal(paths[`${entity}s`])} ${PARQUET}`);
  }
  await database.run(`
    COPY (
      SELECT interaction_uuid, interaction_text, u.number AS user_id, i.number AS item_id, rating, timestamp,
        source, rule, value
      FROM raw LEFT JOIN user_texts AS u ON u.id = user_id LEFT JOIN item_texts AS i ON i.id = item_id
      ORDER BY raw.rowid
    ) TO ${literal(paths.interactions)} ${PARQUET}`);
  return paths;
}

/** Creates the empty tables that parts are added to: `raw`, `user_texts` and `item_texts` (`raw-ids.ts`). */
export async function createPartTables(database: Database): Promise<void> {
  await database.run(`
    CREATE TABLE raw (interaction_uuid UUID, interaction_text VARCHAR, user_id UINTEGER, item_id UINTEGER,
      rating DOUBLE, timestamp BIGINT, source VARCHAR, rule UTINYINT, value VARCHAR);
    CREATE TABLE user_texts (number UINTEGER, id VARCHAR);
    CREATE TABLE item_texts (number UINTEGER, id VARCHAR)`);
}

/** Adds a part: its numbers go on where those of the parts before it end. */
export async function addPartTables(database: Database, paths: PartTables): Promise<void> {
  const [users, items] = await database.row(
    "SELECT (SELECT count(*) FROM user_texts), (SELECT count(*) FROM item_texts)",
  );
  const shifted = (column: string, by: unknown): string =>
    `(${column} + ${String(by)})::UINTEGER AS ${column}`;
  await database.run(`
    INSERT INTO user_texts SELECT ${shifted("number", users)}, id FROM read_parquet(${literal(paths.users)});
    INSERT INTO item_texts SELECT ${shifted("number", items)}, id FROM read_parquet(${literal(paths.items)});
    INSERT INTO raw
    SELECT interaction_uuid, interaction_text, ${shifted("user_id", users)}, ${shifted("item_id", items)}, rating,
      timestamp, source, rule, value
    FROM read_parquet(${literal(paths.interactions)})`);
}

/** The files of a part in a folder of its own. */
function pathsIn(folder: string): PartTables {
  return {
    users: join(folder, "users.parquet"),
    items: join(folder, "items.parquet"),
    interactions: join(folder, "interactions.parquet"),
  };
}
