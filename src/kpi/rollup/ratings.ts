import { ALL, UNATTRIBUTED, YEAR_10000_SECONDS } from "./codes.ts";
import { dayOf } from "./facts.ts";
import { sourceGroupings } from "./groupings.ts";
import { type Measurement, writeRollup } from "./measurement.ts";

/**
 * Writes `ratings.parquet`: how often each rating was given. Counts instead of sums, since a sum of fractions depends on
 * the order in which they are added.
 */
export async function writeRatings(
  measurement: Measurement,
  recsysCode: number | undefined,
): Promise<void> {
  const { database, data, missing } = measurement;
  const isExplicit = data.ratings === "explicit";
  if (!isExplicit) {
    missing.push({
      what: "ratings",
      why: "the ratings are implicit: each only says that there was an interaction",
    });
  }
  const day = data.hasTimestamps ? dayOf("timestamp") : "0";
  const dated = data.hasTimestamps ? `timestamp < ${YEAR_10000_SECONDS}` : "true";
  await database.run(`
    CREATE TABLE rated AS
    SELECT item_index AS item, code AS source, ${day} AS day, rating, count(*) AS interactions
    FROM interactions JOIN sources ON name = coalesce(source, '${UNATTRIBUTED}')
    WHERE ${dated} AND ${isExplicit ? "true" : "false"} GROUP BY ALL`);
  const parts = sourceGroupings(recsysCode).flatMap(({ where, code }) =>
    (
      [
        [`${ALL}::UTINYINT`, "rated"],
        ["category", "rated JOIN item_categories USING (item)"],
      ] as const
    ).map(
      ([category, table]) => `
        SELECT ${code} AS source, ${category} AS category, day, rating, sum(interactions)::BIGINT AS interactions
        FROM ${table} WHERE ${where} GROUP BY ALL`,
    ),
  );
  await writeRollup(
    measurement,
    "ratings.parquet",
    `${parts.join(" UNION ALL ")} ORDER BY source, category, day, rating`,
  );
  await database.run("DROP TABLE rated");
}
