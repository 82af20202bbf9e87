import type { CollectorConfig, CollectorReport } from "../../schema/index.ts";
import type { Database } from "../read/database.ts";

/** What is known about the ratings of the accepted rows. */
export type RatingFigures = CollectorReport["ratings"];

/**
 * Summarises the ratings and settles what they mean (A21): implicit if all are 1, else explicit with
 * the median as the threshold of a positive; both can be set.
 */
export async function ratingFigures(
  database: Database,
  config: Pick<CollectorConfig, "ratings" | "positiveThreshold">,
): Promise<RatingFigures> {
  const [minimum, maximum, mean, lower, median, upper] = (
    await database.row(`
      SELECT min(rating), max(rating), avg(rating), quantile_cont(rating, 0.25), median(rating),
        quantile_cont(rating, 0.75)
      FROM accepted`)
  ).map(Number);
  const allOnes = minimum === 1 && maximum === 1;
  const kind = config.ratings === "auto" ? (allOnes ? "implicit" : "explicit") : config.ratings;
  const positiveThreshold = kind === "implicit" ? 1 : (config.positiveThreshold ?? median!);
  const reach = 3 * (upper! - lower!);
  const [positives, outliers] = (
    await database.row(`
      SELECT count(*) FILTER (${kind === "implicit" ? "true" : `rating >= ${positiveThreshold}`}),
        count(*) FILTER (${reach} > 0 AND rating NOT BETWEEN ${lower! - reach} AND ${upper! + reach})
      FROM accepted`)
  ).map(Number);
  return {
    kind,
    minimum: minimum!,
    maximum: maximum!,
    mean: mean!,
    median: median!,
    positiveThreshold,
    positives: positives!,
    outliers: outliers!,
  };
}

/** What is known about the timestamps of the accepted rows, in Unix seconds. */
export interface TimestampFigures {
  readonly earliest: number;
  readonly latest: number;
  readonly before1990: number;
  readonly inFuture: number;
  /** At or above 10^12: the year 33658, or milliseconds of our time. */
  readonly withThirteenDigits: number;
}

const START_OF_1990 = Date.UTC(1990) / 1000;
const THIRTEEN_DIGITS = 1e12;

/** Summarises the timestamps; the future begins with the run. */
export async function timestampFigures(
  database: Database,
  startedAtSeconds: number,
): Promise<TimestampFigures> {
  const [earliest, latest, before1990, inFuture, withThirteenDigits] = (
    await database.row(`
      SELECT min(timestamp), max(timestamp),
        count(*) FILTER (timestamp < ${START_OF_1990}),
        count(*) FILTER (timestamp > ${startedAtSeconds}),
        count(*) FILTER (timestamp >= ${THIRTEEN_DIGITS})
      FROM accepted`)
  ).map(Number);
  return {
    earliest: earliest!,
    latest: latest!,
    before1990: before1990!,
    inFuture: inFuture!,
    withThirteenDigits: withThirteenDigits!,
  };
}

/** The 20 most frequent sources. */
export async function sourceFigures(
  database: Database,
): Promise<{ readonly source: string; readonly rows: number }[]> {
  const rows = await database.rows(`
    SELECT source, count(*) AS n FROM accepted WHERE source IS NOT NULL
    GROUP BY source ORDER BY n DESC, source LIMIT 20`);
  return rows.map(([source, count]) => ({ source: String(source), rows: Number(count) }));
}
