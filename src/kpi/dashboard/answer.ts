import { type DuckDBConnection, INTEGER } from "@duckdb/node-api";

import type { KpiAnswer, KpiSeries } from "../../schema/index.ts";
import type { Kpi } from "../figures/index.ts";
import { ALL, FIRST_SOURCE, OTHERS, RECSYS } from "../rollup/codes.ts";
import {
  type Days,
  dayNumber,
  daysBefore,
  dayText,
  spans,
  type Step,
  STEP_NUMBERS,
  stepFor,
} from "./days.ts";
import type { Rollups } from "./rollup-database.ts";
import type { CheckedScope } from "./scope.ts";

/** The days of data without days: the rollups have everything on the first. */
const NO_DAYS: Days = { from: 0, to: 0 };
/** A source that does not occur. */
const NO_SOURCE = 255;

type Values = Readonly<Record<string, number>>;
type Cell = string | number | bigint | null;

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
  const reason = content.missing.find(({ what }) =>
    (kpi.needs as readonly string[]).includes(what),
  );
  if (reason !== undefined) {
    const table = { columns: [], rows: [] };
    const nothing = { value: null, previous: null, series: [], rows: 0, table };
    return { ...frame, ...nothing, unavailable: reason.why };
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

  const reachesBack = before !== undefined && before.from >= firstDay;
  let earlier: Cell = null;
  if (reachesBack) {
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

function rangeOf(days: Days | undefined): KpiAnswer["range"] {
  return days === undefined ? null : { from: dayText(days.from), to: dayText(days.to) };
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

interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Runs a query with those of the values that it names, each bound as a whole number. */
async function query(connection: DuckDBConnection, sql: string, values: Values): Promise<Result> {
  const names = new Set(sql.match(/(?<=\$)\w+/g));
  const used = Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
  const types = Object.fromEntries(Object.keys(used).map((name) => [name, INTEGER]));
  const reader = await connection.runAndReadAll(sql, used, types);
  return { columns: reader.columnNames(), rows: reader.getRows() as Cell[][] };
}

/** The series as lines through all spans of the days, where some have no rows. */
function overDays(
  { emptyValue }: Kpi,
  rows: Result["rows"],
  days: Days | undefined,
  step: Step,
): KpiSeries[] {
  const empty = emptyValue ?? null;
  const byName = new Map<string, Map<number, number | null>>();
  for (const [name, day, value] of rows) {
    const points = byName.get(String(name)) ?? new Map<number, number | null>();
    byName.set(String(name), points.set(Number(day), numberOf(value ?? null)));
  }
  return [...byName].map(([name, values]) => ({
    name,
    points:
      days === undefined
        ? [{ label: "all days", value: values.get(NO_DAYS.from) ?? empty }]
        : spans(days, step).map((day) => ({
            day: dayText(day),
            value: values.get(day) ?? empty,
          })),
  }));
}

/** The series with the points that the query gave. */
function asRead({ points }: Kpi, rows: Result["rows"]): KpiSeries[] {
  const byName = new Map<string, KpiSeries["points"]>();
  for (const [name, place, value] of rows) {
    const list = byName.get(String(name)) ?? [];
    byName.set(String(name), list);
    const figure = { value: numberOf(value ?? null) };
    list.push(
      points === "weeks"
        ? { day: dayText(Number(place)), ...figure }
        : { label: String(place), ...figure },
    );
  }
  return [...byName].map(([name, list]) => ({ name, points: list }));
}

/** The series as a table: a row a point, a column a series. */
function tableOf({ points }: Kpi, series: readonly KpiSeries[]): Result {
  const places = new Set(series.flatMap((one) => one.points.map(placeOf)));
  const valueAt = series.map(
    (one) => new Map(one.points.map((point) => [placeOf(point), point.value])),
  );
  return {
    columns: [points === "labels" ? "" : "from", ...series.map(({ name }) => name)],
    rows: [...places].map((place) => [
      place,
      ...valueAt.map((values) => values.get(place) ?? null),
    ]),
  };
}

function placeOf(point: KpiSeries["points"][number]): string {
  return "day" in point ? point.day : point.label;
}

function numberOf(cell: Cell): number | null {
  return cell === null ? null : Number(cell);
}

function shown(cell: Cell): string | number | null {
  return typeof cell === "bigint" ? Number(cell) : cell;
}
