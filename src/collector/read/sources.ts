import type { Database } from "../../database/index.ts";

/** A source is one of a few places; beyond this many, texts are better kept than listed. */
const MOST_NAMES = 255;

/**
 * The SQL type that the sources of the accepted rows in `raw` sort fastest as: an enumeration in the
 * order of their names, or VARCHAR if there are too many.
 */
export async function sourceType(database: Database): Promise<"source_names" | "VARCHAR"> {
  await database.run(`
    CREATE TABLE source_list AS
    SELECT DISTINCT source FROM raw WHERE rule IS NULL AND source IS NOT NULL LIMIT ${MOST_NAMES + 1}`);
  const [names] = await database.row("SELECT count(*) FROM source_list");
  const isShort = Number(names) <= MOST_NAMES;
  if (isShort) {
    await database.run(
      "CREATE TYPE source_names AS ENUM (SELECT source FROM source_list ORDER BY source)",
    );
  }
  await database.run("DROP TABLE source_list");
  return isShort ? "source_names" : "VARCHAR";
}
