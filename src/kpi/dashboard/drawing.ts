import type { KpiSeries } from "../../schema/index.ts";
import type { Kpi } from "../figures/index.ts";
import { type Days, dayText, NO_DAYS, spans, type Step } from "./days.ts";

export type Cell = string | number | bigint | null;

/** What a query gives. */
export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The series as lines through all spans of the days, where some have no rows. */
export function overDays(
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
export function asRead({ points }: Kpi, rows: Result["rows"]): KpiSeries[] {
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
export function tableOf({ points }: Kpi, series: readonly KpiSeries[]): Result {
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

/** A figure as a plain number. */
export function numberOf(cell: Cell): number | null {
  return cell === null ? null : Number(cell);
}
