import type { KpiContent } from "../../schema/index.ts";
import { FIRST_SOURCE, RECSYS, UNATTRIBUTED } from "./codes.ts";
import type { Measurement } from "./measurement.ts";

/** Sources with figures of their own; those of the others are put together. */
const MOST_SOURCES = 30;
const OTHER_SOURCES = "other sources";

/**
 * Numbers the sources in the table `sources` (`name` as in the files, `code`): `recsys` first, then by their
 * interactions. Beyond 30 the rest shares the last number.
 *
 * @returns the numbered sources in the order of their codes
 */
export async function numberSources(
  { database, data, missing }: Measurement,
  hasImpressions: boolean,
): Promise<KpiContent["sources"]> {
  const impressions = hasImpressions
    ? `UNION ALL SELECT coalesce(source, '${UNATTRIBUTED}'), 0, count(*) FROM impressions GROUP BY 1`
    : "";
  await database.run(`
    CREATE TABLE sources AS
    SELECT name, interactions, (least(place, ${MOST_SOURCES}) + ${FIRST_SOURCE - 1})::UTINYINT AS code
    FROM (
      SELECT name, interactions,
        row_number() OVER (ORDER BY name != '${RECSYS}', name = '${OTHER_SOURCES}', interactions DESC,
          impressions DESC, name) AS place
      FROM (
        SELECT name, sum(interactions) AS interactions, sum(impressions) AS impressions FROM (
          SELECT coalesce(source, '${UNATTRIBUTED}') AS name, count(*) AS interactions, 0 AS impressions
          FROM interactions GROUP BY 1 ${impressions}
        ) GROUP BY name
      )
    )`);
  if (!data.hasSources) {
    missing.push({
      what: "sources",
      why: "the interactions have no source, so that none can be told to come from the recommender; add the column",
    });
  }
  const rows = await database.rows(`
    SELECT CASE WHEN count(*) = 1 THEN any_value(name) ELSE '${OTHER_SOURCES}' END, sum(interactions)::DOUBLE
    FROM sources GROUP BY code ORDER BY code`);
  return rows.map(([name, interactions]) => ({
    name: String(name),
    interactions: Number(interactions),
  }));
}
