import type { KpiDescription } from "../../schema/index.ts";
import { ALL, FIRST_SOURCE } from "../rollup/codes.ts";

/**
 * A figure of the dashboard: what it is in words, and how it is computed from the rollups (`KpiContent`).
 *
 * A query may use these parameters, all of them whole numbers:
 *
 * - `$from`, `$to`: the days asked about; `$before_from`, `$before_to`: as many days before them
 * - `$last`: the last day of the data
 * - `$source`: the source asked about, 0 for all; `$category` likewise
 * - `$recsys`: the recommender's source, one that does not occur where it has none
 * - `$drawn`, `$compared`: the sources to draw where the recommender is set against the others: it and the others, or
 *   twice the one that was asked about
 * - `$step`: 1 for days, 7 for weeks, 30 for months, as `period(day, $step, $from)` takes it, the first day of a span
 *
 * and, beside the rollups, the tables `sources` and `categories` (`code, name`; `categories` also `items`) and `lists`
 * (`list, execution`), and `item_counts(since, upto)`, the
 * interactions of both days and all between as some rows of `source, item, interactions`.
 */
export interface Kpi extends Omit<KpiDescription, "sql" | "seriesUnit"> {
  /**
   * What the points of the series are counted in.
   *
   * @default unit
   */
  readonly seriesUnit?: KpiDescription["unit"];
  /** A query over many rows whose result the others read as the table `base`, so that it is made but once. */
  readonly base?: string;
  /** The query for `value, rows`: the figure and the rows of raw data behind it. */
  readonly value: string;
  /** The query for the drawing: `name, day, value` or `name, label, value`, in the order of drawing. */
  readonly series: string;
  /** What the points of the series stand for. */
  readonly points: "days" | "weeks" | "labels";
  /**
   * What a span of days without rows is: nothing happened, or there is nothing to say.
   *
   * @default null
   */
  readonly emptyValue?: 0;
  /** A table of its own instead of the series as a table; its columns are named by the query. */
  readonly table?: string;
  /** Looks at this many days up to the end of the range, whatever its beginning. */
  readonly lastDays?: number;
  /** Sets the days against as many before them: without these in the data there is no figure. */
  readonly comparesPeriods?: true;
}

const IN_CATEGORY_AND_RANGE = "category = $category AND day BETWEEN $from AND $to";

/** The SQL condition for the rows of a rollup that the range and both filters leave. */
export const IN_SCOPE = `source = $source AND ${IN_CATEGORY_AND_RANGE}`;

/** The same, apart by source: the rows of each source that the filter leaves, and no sums over sources. */
export const IN_SCOPE_BY_SOURCE = `source >= ${FIRST_SOURCE} AND ($source = ${ALL} OR source = $source) AND ${IN_CATEGORY_AND_RANGE}`;

/** The SQL condition for the rows of these sources that the range and the filter by category leave. */
export function ofSources(...sources: readonly (number | string)[]): string {
  return `source IN (${sources.join(", ")}) AND ${IN_CATEGORY_AND_RANGE}`;
}

/** The SQL condition for the items that the filter by category leaves. */
export const ITEM_IN_CATEGORY = `($category = ${ALL} OR item IN (SELECT item FROM item_categories WHERE category = $category))`;

/** The SQL query for the interactions that the range and both filters leave. */
export const ROWS_IN_SCOPE = `(SELECT coalesce(sum(interactions), 0) FROM daily WHERE ${IN_SCOPE})`;

/** The SQL condition for a first active day since `since`: it makes sums of active users or items distinct counts. */
export function firstSince(since: string): string {
  return `(previous_day IS NULL OR previous_day < ${since})`;
}

/**
 * The SQL expression for an item's name in a drawing: its title, with its id where another of the same series has the
 * same title, or its id where it has none.
 */
export function itemLabel(series: string): string {
  return `CASE WHEN title IS NULL THEN item_id
    WHEN count(*) OVER (PARTITION BY ${series}, title) > 1 THEN title || ' (' || item_id || ')' ELSE title END`;
}
