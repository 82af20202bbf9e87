import type { KpiAnswer, KpiDescription } from "../../../../schema/index.ts";
import { daysBetween, dayWords, monthWords, shortDay } from "../../format/day.ts";
import { OF_ALL } from "./source-colors.ts";

/** A chart, ready to be drawn. */
export interface Drawing {
  readonly kind: "lines" | "bars" | "stacked bars" | "areas";
  /** Bars lie where their labels are long or many. */
  readonly isLying: boolean;
  /** In the order of the axis. */
  readonly places: readonly string[];
  readonly series: readonly {
    readonly title: string;
    readonly color: string;
    readonly data: readonly { readonly x: string; readonly y: number }[];
  }[];
  readonly lowest: number;
  readonly highest: number;
  /** What a point stands for. */
  readonly axisTitle: string;
  /** Do the series need to be told apart? Not where there is one, or the labels name them. */
  readonly hasLegend: boolean;
}

type Series = Drawing["series"][number];

/** More columns than this run together; areas show the same. */
const MOST_COLUMNS = 45;
const MOST_STANDING = 6;
const LONGEST_STANDING = 12;

/**
 * What to draw of an answer in the colours of `sourceColors`; null where there is no figure in it, or only one, which
 * needs no drawing.
 */
export function drawingOf(
  kpi: Pick<KpiDescription, "chart" | "sourcesAre">,
  answer: KpiAnswer,
  colors: ReadonlyMap<string, string>,
): Drawing | null {
  const { chart, sourcesAre } = kpi;
  if (chart === "table" || chart === "number") return null;
  const series = answer.series
    .map(({ name, points }) => ({
      title: name,
      color: (sourcesAre === "series" ? colors.get(name) : undefined) ?? OF_ALL,
      data: points.flatMap((point) =>
        point.value === null ? [] : [{ x: placeOf(point), y: point.value }],
      ),
    }))
    .filter(({ data }) => data.length > 0);
  const places = [...new Set(answer.series.flatMap(({ points }) => points.map(placeOf)))];
  const isOne = series.length === 1 && places.length === 1;
  if (series.length === 0 || isOne) return null;
  const kind = sourcesAre === "labels" ? "stacked bars" : kindOf(chart, places.length);
  const isOverTime = answer.series.some(({ points }) => points.some((point) => "day" in point));
  const isStacked = kind === "stacked bars" || kind === "areas";
  const heights = isStacked ? totals(series) : series.flatMap(({ data }) => data.map(({ y }) => y));
  return {
    kind,
    isLying: !isOverTime && kind !== "lines" && isTight(places),
    places,
    series:
      sourcesAre === "labels"
        ? series.flatMap((one) => apart(one, colors))
        : kind === "areas"
          ? series.map((one) => completed(one, places))
          : series,
    lowest: Math.min(0, ...heights),
    highest: Math.max(0, ...heights) * 1.05 || 1,
    axisTitle: isOverTime ? AXIS_TITLES[answer.step] : "",
    hasLegend: series.length > 1,
  };
}

const AXIS_TITLES: Readonly<Record<KpiAnswer["step"], string>> = {
  day: "Day (UTC)",
  week: "Week from Monday (UTC)",
  month: "Month (UTC)",
};

/** A place on the axis in few words: with its year where the axis goes on for more than one. */
export function placeTick(place: string, places: readonly string[]): string {
  if (!isDayPlace(place)) return place;
  const isLong = isDayPlace(places[0]!) && daysBetween(places[0]!, places.at(-1)!) > YEAR_DAYS;
  return isLong ? monthWords(place) : shortDay(place);
}

const YEAR_DAYS = 366;

/** A place on hover. */
export function placeWords(place: string, step: KpiAnswer["step"]): string {
  if (!isDayPlace(place)) return place;
  switch (step) {
    case "day":
      return dayWords(place);
    case "week":
      return `Week of ${dayWords(place)}`;
    case "month":
      return monthWords(place);
  }
}

function isDayPlace(place: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(place);
}

function placeOf(point: KpiAnswer["series"][number]["points"][number]): string {
  return "day" in point ? point.day : point.label;
}

/** A line through one point is none. */
function kindOf(chart: "lines" | "stacked bars" | "bars", places: number): Drawing["kind"] {
  switch (chart) {
    case "lines":
      return places === 1 ? "bars" : "lines";
    case "stacked bars":
      return places > MOST_COLUMNS ? "areas" : "stacked bars";
    case "bars":
      return "bars";
  }
}

function isTight(places: readonly string[]): boolean {
  return places.length > MOST_STANDING || places.some((place) => place.length > LONGEST_STANDING);
}

function totals(series: readonly Series[]): readonly number[] {
  const sums = new Map<string, number>();
  for (const { data } of series) {
    for (const { x, y } of data) sums.set(x, (sums.get(x) ?? 0) + y);
  }
  return [...sums.values()];
}

/** Areas lie on each other only where each has a height at every place. */
function completed({ title, color, data }: Series, places: readonly string[]): Series {
  const heights = new Map(data.map(({ x, y }) => [x, y]));
  return { title, color, data: places.map((x) => ({ x, y: heights.get(x) ?? 0 })) };
}

/** A bar of a colour of its own for each label: a series has but one colour. */
function apart({ title, data }: Series, colors: ReadonlyMap<string, string>): readonly Series[] {
  return data.map((bar) => ({ title, color: colors.get(bar.x) ?? OF_ALL, data: [bar] }));
}
