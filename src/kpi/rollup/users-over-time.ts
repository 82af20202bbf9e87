import { ALL } from "./codes.ts";
import { type Measurement, writeRollup } from "./measurement.ts";

/**
 * The SQL expression for the week of a day, weeks numbered from Monday, 1969-12-29, on: the week w begins on day
 * `w * 7 - 3`.
 */
const WEEK = "((day + 3) // 7)";

/** Writes `first_recsys.parquet`: when users first came by the recommender, and how many days after their first interaction. */
export async function writeFirstRecsys(
  measurement: Measurement,
  recsysCode: number | undefined,
): Promise<void> {
  const isRecsys = recsysCode === undefined ? "false" : `source = ${recsysCode}`;
  const ofUsers = (category: string, facts: string): string => `
    SELECT ${category} AS category, min(day) FILTER (${isRecsys}) AS day, min(day) AS first_day
    FROM ${facts} GROUP BY ${category}, "user"`;
  await writeRollup(
    measurement,
    "first_recsys.parquet",
    `SELECT category, day, day - first_day AS days_before, count(*) AS users FROM (
      ${ofUsers(`${ALL}::UTINYINT`, "facts")}
      UNION ALL ${ofUsers("category", "facts JOIN item_categories USING (item)")}
    ) WHERE day IS NOT NULL GROUP BY ALL ORDER BY category, day, days_before`,
  );
}

/** Writes `weeks.parquet`: of the users active in a week, apart by whether they came by the recommender in it, how many were active in the next. */
export async function writeWeeks(
  measurement: Measurement,
  recsysCode: number | undefined,
): Promise<void> {
  const isRecsys = recsysCode === undefined ? "false" : `source = ${recsysCode}`;
  await writeRollup(
    measurement,
    "weeks.parquet",
    `SELECT week, used_recsys, count(*) AS users, count(*) FILTER (next_week = week + 1) AS returned FROM (
      SELECT week, used_recsys, lead(week) OVER (PARTITION BY "user" ORDER BY week) AS next_week
      FROM (SELECT "user", ${WEEK} AS week, bool_or(${isRecsys}) AS used_recsys FROM facts GROUP BY ALL)
    ) GROUP BY ALL ORDER BY week, used_recsys`,
  );
}
