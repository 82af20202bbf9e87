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
    for (const category of [`${ALL}::UTINYINT`, "category"]) {
      const facts = category === "category" ? "facts JOIN item_categories USING (item)" : "facts";
      await database.run(`
        INSERT INTO active
        SELECT source, category, day, previous_day, count(*) FROM (
          SELECT source, category, day,
            lag(day) OVER (PARTITION BY source, category, id ORDER BY day) AS previous_day
          FROM (SELECT DISTINCT ${code} AS source, ${category} AS category, "${entity}" AS id, day
            FROM ${facts} WHERE ${where})
        ) GROUP BY ALL`);
    }
  }
  await writeRollup(
    measurement,
    `active_${counted}.parquet`,
    "FROM active ORDER BY source, category, day, previous_day NULLS FIRST",
  );
  await database.run("DROP TABLE active");
}
