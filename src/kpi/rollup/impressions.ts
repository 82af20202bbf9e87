import { ALL, DAY_SECONDS, UNATTRIBUTED, YEAR_10000_SECONDS } from "./codes.ts";
import { dayOf, type Extent } from "./facts.ts";
import { sourceGroupings } from "./groupings.ts";
import { type Measurement, writeRollup } from "./measurement.ts";

/** An impression is followed by an interaction of this many seconds later at most. */
export const FOLLOWED_SECONDS = DAY_SECONDS;
/** Revenues are added up in billionths, so that their sum does not depend on their order. */
const EXACT = "DECIMAL(38, 9)";

/**
 * Writes `impressions.parquet`: what was shown, how much of it was followed by an interaction of that user with that
 * item, and what it brought in. An item that is not in the catalogue is in no category.
 *
 * @returns how many there are and of which days; `undefined` if there are none
 */
export async function writeImpressions(
  measurement: Measurement,
  areThere: boolean,
  recsysCode: number | undefined,
): Promise<Extent | undefined> {
  const { database, data, missing } = measurement;
  await database.run(areThere ? shown(data.hasTimestamps) : NONE_SHOWN);
  const sums = `count(*) AS impressions, count(*) FILTER (followed) AS followed,
    count(*) FILTER (value > 0) AS converted, coalesce(sum(value::${EXACT}), 0)::DOUBLE AS revenue`;
  const parts = sourceGroupings(recsysCode).flatMap(({ where, code }) => [
    `SELECT ${code} AS source, ${ALL}::UTINYINT AS category, day, ${sums} FROM shown
      WHERE ${where} GROUP BY ALL`,
    `SELECT ${code} AS source, category, day, ${sums} FROM shown JOIN item_categories USING (item)
      WHERE ${where} GROUP BY ALL`,
  ]);
  await writeRollup(
    measurement,
    "impressions.parquet",
    `${parts.join(" UNION ALL ")} ORDER BY source, category, day`,
  );
  const [rows, firstDay, lastDay] = (
    await database.row("SELECT count(*)::DOUBLE, min(day), max(day) FROM shown")
  ).map(Number);
  await database.run("DROP TABLE shown");
  if (rows! > 0) return { rows: rows!, firstDay: firstDay!, lastDay: lastDay! };
  missing.push({
    what: "impressions",
    why: areThere
      ? "impressions.csv has no usable row"
      : "there is no impressions.csv among the raw files, so that what was shown and not followed is unknown",
  });
  return undefined;
}

const NONE_SHOWN =
  "CREATE TABLE shown (item UINTEGER, source UTINYINT, day INTEGER, value DOUBLE, followed BOOLEAN)";

/** The impressions, each with whether that user had that item at the same time or within a day after. */
function shown(hasTimestamps: boolean): string {
  const known = `
    SELECT u.user_index AS "user", c.item, s.code AS source, i.timestamp AS at, i.value
    FROM impressions AS i
      JOIN sources AS s ON s.name = coalesce(i.source, '${UNATTRIBUTED}')
      LEFT JOIN users AS u ON u.user_id = i.user_id
      LEFT JOIN catalogue AS c ON c.item_id = i.item_id
    WHERE i.timestamp < ${YEAR_10000_SECONDS}`;
  if (!hasTimestamps) {
    return `CREATE TABLE shown AS SELECT item, source, 0 AS day, value, false AS followed FROM (${known})`;
  }
  return `
    CREATE TABLE shown AS
    SELECT k.item, k.source, ${dayOf("k.at")} AS day, k.value,
      coalesce(i.timestamp <= k.at + ${FOLLOWED_SECONDS}, false) AS followed
    FROM (${known}) AS k ASOF LEFT JOIN interactions AS i
      ON i.user_index = k."user" AND i.item_index = k.item AND i.timestamp >= k.at`;
}
