import { DAY_SECONDS, UNATTRIBUTED, YEAR_10000_SECONDS } from "./codes.ts";
import type { Measurement } from "./measurement.ts";

/** How much there is, and of which days; days are numbers (`KpiContent`). */
export interface Extent {
  readonly rows: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The SQL expression for the day of a time in seconds. */
export function dayOf(timestamp: string): string {
  return `floor(${timestamp} / ${DAY_SECONDS})::INTEGER`;
}

/**
 * Makes the table `facts`, `"user", item, source, day, row`: what the rollups are counted from, as small as it can be.
 * `row` is the place in the processed data, where a user's rows stand in the order of time. Without timestamps
 * everything is of day 0.
 */
export async function readFacts({ database, data, missing }: Measurement): Promise<Extent> {
  const day = data.hasTimestamps ? dayOf("timestamp") : "0";
  const dated = data.hasTimestamps ? `WHERE timestamp < ${YEAR_10000_SECONDS}` : "";
  await database.run(`
    CREATE TABLE facts AS
    SELECT user_index AS "user", item_index AS item, code AS source, ${day} AS day, file_row_number AS row
    FROM interactions JOIN sources ON name = coalesce(source, '${UNATTRIBUTED}') ${dated}`);
  const [rows, firstDay, lastDay] = (
    await database.row("SELECT count(*)::DOUBLE, min(day), max(day) FROM facts")
  ).map(Number);
  if (!data.hasTimestamps) {
    missing.push({
      what: "timestamps",
      why: "the interactions have no timestamps, so that there are totals only and no days; add the column",
    });
  } else if (rows! < data.rows) {
    missing.push({
      what: "days",
      why:
        `${data.rows - rows!} interactions lie after the year 9999 and are left out; ` +
        `if the timestamps are milliseconds, set collector.timestampUnit to "ms"`,
    });
  }
  return { rows: rows!, firstDay: firstDay!, lastDay: lastDay! };
}
