import { ALL, SPAN_DAYS } from "./codes.ts";
import { sourceGroupings } from "./groupings.ts";
import { type Measurement, writeRollup } from "./measurement.ts";

/** An item is new for this many days after its first interaction. */
export const NEW_ITEM_DAYS = 30;

/*
 * A row's place, source and day in one number, so that the least of a pair's numbers says which row was its first and
 * where that counts: 22 bits for the day, 8 for the source, the rest for the place.
 */
const PACKED = "((row << 30) | (source::BIGINT << 22) | day::BIGINT)";

/**
 * Writes `daily.parquet`: interactions, those with new items, and those of a user with an item that the same user had
 * before.
 */
export async function writeDaily(
  measurement: Measurement,
  recsysCode: number | undefined,
): Promise<void> {
  const { database } = measurement;
  await database.run(`
    CREATE TABLE first_days AS SELECT item, min(day) AS first_day FROM facts GROUP BY item;
    CREATE TABLE first_rows AS
    SELECT item, ((first >> 22) & 255)::UTINYINT AS source, (first & 4194303)::INTEGER AS day, count(*) AS pairs
    FROM (SELECT item, min(${PACKED}) AS first FROM facts GROUP BY "user", item) GROUP BY ALL;
    CREATE TABLE by_item AS
    SELECT item, source, day, interactions,
      CASE WHEN day - first_day <= ${NEW_ITEM_DAYS} THEN interactions ELSE 0 END AS new_item_interactions,
      interactions - coalesce(pairs, 0) AS repeats
    FROM (SELECT item, source, day, count(*) AS interactions FROM facts GROUP BY ALL)
      JOIN first_days USING (item) LEFT JOIN first_rows USING (item, source, day);
    DROP TABLE first_rows; DROP TABLE first_days;
    CREATE TABLE by_category AS
    SELECT ${ALL}::UTINYINT AS category, source, day, sum(interactions)::BIGINT AS interactions,
      sum(new_item_interactions)::BIGINT AS new_item_interactions, sum(repeats)::BIGINT AS repeats
    FROM by_item GROUP BY ALL
    UNION ALL
    SELECT category, source, day, sum(interactions)::BIGINT, sum(new_item_interactions)::BIGINT, sum(repeats)::BIGINT
    FROM by_item JOIN item_categories USING (item) GROUP BY ALL`);
  const parts = sourceGroupings(recsysCode).map(
    ({ where, code }) => `
      SELECT ${code} AS source, category, day, sum(interactions)::BIGINT AS interactions,
        sum(new_item_interactions)::BIGINT AS new_item_interactions, sum(repeats)::BIGINT AS repeats
      FROM by_category WHERE ${where} GROUP BY ALL`,
  );
  await writeRollup(
    measurement,
    "daily.parquet",
    `${parts.join(" UNION ALL ")} ORDER BY source, category, day`,
  );
  await writeRollup(
    measurement,
    "item_days.parquet",
    "SELECT source, day, item, interactions FROM by_item ORDER BY source, day, item",
  );
  await writeRollup(
    measurement,
    "item_spans.parquet",
    `SELECT source, (day // ${SPAN_DAYS})::INTEGER AS span, item, sum(interactions)::BIGINT AS interactions
      FROM by_item GROUP BY ALL ORDER BY source, span, item`,
  );
  await database.run("DROP TABLE by_category; DROP TABLE by_item");
}
