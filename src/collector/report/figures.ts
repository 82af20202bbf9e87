import type { Database } from "../../database/index.ts";
import type { CollectorConfig, CollectorReport } from "../../schema/index.ts";

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
  const { minimum, maximum, mean, lower, median, upper } = await spreadOfRatings(database);
  const allOnes = minimum === 1 && maximum === 1;
  const kind = config.ratings === "auto" ? (allOnes ? "implicit" : "explicit") : config.ratings;
  const positiveThreshold = kind === "implicit" ? 1 : (config.positiveThreshold ?? median);
  const reach = 3 * (upper - lower);
  const [positives, outliers] = (
    await database.row(`
      SELECT count(*) FILTER (${kind === "implicit" ? "true" : `rating >= ${positiveThreshold}`}),
        count(*) FILTER (${reach} > 0 AND rating NOT BETWEEN ${lower - reach} AND ${upper + reach})
      FROM accepted`)
  ).map(Number);
  return {
    kind,
    minimum,
    maximum,
    mean,
    median,
    positiveThreshold,
    positives: positives!,
    outliers: outliers!,
  };
}

const QUARTILES = [0.25, 0.5, 0.75];

/**
 * The ratings' range, mean and interpolated quartiles, from the count of each different rating: there
 * are few of those, so this is twenty times faster than sorting all rows.
 */
async function spreadOfRatings(
  database: Database,
): Promise<Record<"minimum" | "maximum" | "mean" | "lower" | "median" | "upper", number>> {
  const neighbours = QUARTILES.flatMap((share) =>
    ["floor", "ceil"].map(
      (round) => `min(rating) FILTER (upto > ${round}(${share} * (total - 1)))`,
    ),
  );
  const [total, minimum, maximum, mean, ...around] = (
    await database.row(`
      SELECT any_value(total), min(rating), max(rating), sum(rating * n) / any_value(total),
        ${neighbours.join(", ")}
      FROM (
        SELECT rating, n, sum(n) OVER (ORDER BY rating) AS upto, sum(n) OVER () AS total
        FROM (SELECT rating, count(*) AS n FROM accepted GROUP BY rating)
      )`)
  ).map(Number);
  const [lower, median, upper] = QUARTILES.map((share, at) => {
    const [below, above] = [around[2 * at]!, around[2 * at + 1]!];
    return below + (above - below) * ((share * (total! - 1)) % 1);
  });
  return {
    minimum: minimum!,
    maximum: maximum!,
    mean: mean!,
    lower: lower!,
    median: median!,
    upper: upper!,
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
    SELECT source::VARCHAR AS source, count(*) AS n FROM accepted WHERE source IS NOT NULL
    GROUP BY 1 ORDER BY n DESC, 1 LIMIT 20`);
  return rows.map(([source, count]) => ({ source: String(source), rows: Number(count) }));
}
