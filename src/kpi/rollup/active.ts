import type { Database } from "../../database/index.ts";
import { ALL } from "./codes.ts";
import { sourceGroupings } from "./groupings.ts";
import { type Measurement, writeRollup } from "./measurement.ts";

/**
 * Writes `active_users.parquet` or `active_items.parquet`: by filter and day, how many are active and were last
 * active, under the same filter, on which day.
 *
 * This makes distinct counts of any range exact: who is active between a and b has exactly one day there before which
 * the previous one is earlier than a, the first.
 */
export async function writeActive(
  measurement: Measurement,
  entity: "user" | "item",
  recsysCode: number | undefined,
): Promise<void> {
  const { database } = measurement;
  const counted = `${entity}s`;
  await database.run(`
    CREATE TABLE active (source UTINYINT, category UTINYINT, day INTEGER, previous_day INTEGER, ${counted} BIGINT)`);
  for (const { where, code } of sourceGroupings(recsysCode)) {
    await (entity === "user"
      ? countUsers(database, where, code)
      : countItems(database, where, code));
  }
  await writeRollup(
    measurement,
    `active_${counted}.parquet`,
    "FROM active ORDER BY source, category, day, previous_day NULLS FIRST",
  );
  await database.run("DROP TABLE active");
}

/** A user may be active in one category on a day and in another on the next: each has days of its own. */
async function countUsers(database: Database, where: string, code: string): Promise<void> {
  for (const [category, facts] of [
    [`${ALL}::UTINYINT`, "facts"],
    ["category", "facts JOIN item_categories USING (item)"],
  ] as const) {
    await database.run(`
      INSERT INTO active
      SELECT source, category, day, previous_day, count(*) FROM (
        SELECT source, category, day,
          lag(day) OVER (PARTITION BY source, category, "user" ORDER BY day) AS previous_day
        FROM (SELECT DISTINCT ${code} AS source, ${category} AS category, "user", day
          FROM ${facts} WHERE ${where})
      ) GROUP BY ALL`);
  }
}

/** An item's days are the same in each of its categories. */
async function countItems(database: Database, where: string, code: string): Promise<void> {
  await database.run(`
    CREATE TABLE item_chains AS
    SELECT source, item, day, lag(day) OVER (PARTITION BY source, item ORDER BY day) AS previous_day
    FROM (SELECT DISTINCT ${code} AS source, item, day FROM facts WHERE ${where});
    INSERT INTO active
    SELECT source, ${ALL}, day, previous_day, count(*) FROM item_chains GROUP BY ALL
    UNION ALL
    SELECT source, category, day, previous_day, count(*) FROM item_chains JOIN item_categories USING (item)
    GROUP BY ALL;
    DROP TABLE item_chains`);
}
