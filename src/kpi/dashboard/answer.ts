import { type DuckDBConnection, INTEGER } from "@duckdb/node-api";

import type { KpiAnswer, KpiContent } from "../../schema/index.ts";
import type { Kpi } from "../figures/index.ts";
import { ALL, FIRST_SOURCE, OTHERS, RECSYS } from "../rollup/codes.ts";
import {
  type Days,
  dayNumber,
  daysBefore,
  dayText,
  NO_DAYS,
  STEP_NUMBERS,
  stepFor,
} from "./days.ts";
import { asRead, type Cell, numberOf, overDays, type Result, tableOf } from "./drawing.ts";
import type { Rollups } from "./rollup-database.ts";
import type { CheckedScope } from "./scope.ts";

/** A source that does not occur. */
const NO_SOURCE = 255;
const YEAR_0 = dayNumber("0000-01-01");

type Values = Readonly<Record<string, number>>;

/** A KPI's figures for a checked scope, by queries on a connection that nobody else uses meanwhile. */
export async function answerKpi(
  kpi: Kpi,
  scope: CheckedScope,
  { content }: Rollups,
  connection: DuckDBConnection,
): Promise<KpiAnswer> {
  const days = daysOf(kpi, scope.days);
  const before = days && daysBefore(days);
  const step = kpi.points === "weeks" ? "week" : stepFor(days ?? NO_DAYS);
  const frame = {
    id: kpi.id,
    range: rangeOf(days),
    previousRange: rangeOf(before),
    step,
    unit: kpi.unit,
  };
  const unavailable = whyUnavailable(kpi, before, content);
  if (unavailable !== undefined) {
    const table = { columns: [], rows: [] };
    return { ...frame, value: null, previous: null, series: [], rows: 0, table, unavailable };
  }
  const hasRecsys = content.sources[0]?.name === RECSYS;
  const lastDay = content.lastDay === null ? 0 : dayNumber(content.lastDay);
  const firstDay = content.firstDay === null ? 0 : dayNumber(content.firstDay);
  const constant = { ...codes(kpi, scope, hasRecsys), last: lastDay, step: STEP_NUMBERS[step] };
  const ask = (sql: string, asked: Days): Promise<Result> =>
    query(connection, sql, { ...constant, ...parametersOf(asked) });
  const prepare = async (asked: Days): Promise<void> => {
    if (kpi.base !== undefined)
      await ask(`CREATE OR REPLACE TEMP TABLE base AS ${kpi.base}`, asked);
  };

  let earlier: Cell = null;
  if (before !== undefined && earliestOf(kpi, before) >= firstDay) {
    await prepare(before);
    earlier = (await ask(kpi.value, before)).rows[0]![0]!;
  }
  await prepare(days ?? NO_DAYS);
  const [value, rows] = (await ask(kpi.value, days ?? NO_DAYS)).rows[0]!;
  // Spans begin with the data where the range begins before it.
  const clamped = days && { from: Math.max(days.from, firstDay), to: Math.min(days.to, lastDay) };
  const drawn = (await ask(kpi.series, (kpi.points === "days" ? clamped : days) ?? NO_DAYS)).rows;
  const series = kpi.points === "days" ? overDays(kpi, drawn, clamped, step) : asRead(kpi, drawn);
  const table =
    kpi.table === undefined ? tableOf(kpi, series) : await ask(kpi.table, days ?? NO_DAYS);
  return {
    ...frame,
    value: numberOf(value!),
    previous: numberOf(earlier),
    series,
    rows: Number(rows),
    table: { columns: [...table.columns], rows: table.rows.map((row) => row.map(shown)) },
  };
}

function daysOf({ lastDays }: Kpi, days: Days | undefined): Days | undefined {
  if (days === undefined || lastDays === undefined) return days;
  return { from: days.to - lastDays + 1, to: days.to };
}

/** The first of the days that a KPI looks at when it is asked about these. */
function earliestOf({ comparesPeriods }: Kpi, days: Days): number {
  return (comparesPeriods === true ? daysBefore(days) : days).from;
}

/** Why there is no figure: the data lacks what the KPI needs, or the days that it compares with. */
function whyUnavailable(
  { needs, comparesPeriods }: Kpi,
  before: Days | undefined,
  { missing, firstDay }: KpiContent,
): string | undefined {
  const lacking = missing.find(({ what }) => (needs as readonly string[]).includes(what));
  if (lacking !== undefined) return lacking.why;
  if (comparesPeriods !== true || before === undefined || firstDay === null) return undefined;
  if (before.from >= dayNumber(firstDay)) return undefined;
  const length = before.to - before.from + 1;
  return `it compares with the ${daysWords(length)} before, and the data only begins on ${firstDay}; choose a later or a shorter range`;
}

function daysWords(count: number): string {
  return count === 1 ? "day" : `${count} days`;
}

/** As the answer tells days; there is no word for those before the year 0. */
function rangeOf(days: Days | undefined): KpiAnswer["range"] {
  if (days === undefined || days.from < YEAR_0) return null;
  return { from: dayText(days.from), to: dayText(days.to) };
}

/** The numbers of what is asked about; a filter that the KPI does not obey is none. */
function codes({ filters }: Kpi, scope: CheckedScope, hasRecsys: boolean): Values {
  const source = filters.includes("source") ? scope.source : ALL;
  const category = filters.includes("category") ? scope.category : ALL;
  const recsys = hasRecsys ? FIRST_SOURCE : NO_SOURCE;
  const [drawn, compared] =
    source !== ALL ? [source, source] : hasRecsys ? [recsys, OTHERS] : [ALL, ALL];
  return { source, category, recsys, drawn, compared };
}

function parametersOf(days: Days): Values {
  const before = daysBefore(days);
  return { from: days.from, to: days.to, before_from: before.from, before_to: before.to };
}

/** Runs a query with those of the values that it names, each bound as a whole number. */
async function query(connection: DuckDBConnection, sql: string, values: Values): Promise<Result> {
  const names = new Set(sql.match(/(?<=\$)\w+/g));
  const used = Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
  const types = Object.fromEntries(Object.keys(used).map((name) => [name, INTEGER]));
  const reader = await connection.runAndReadAll(sql, used, types);
  return { columns: reader.columnNames(), rows: reader.getRows() as Cell[][] };
}

function shown(cell: Cell): string | number | null {
  return typeof cell === "bigint" ? Number(cell) : cell;
}
