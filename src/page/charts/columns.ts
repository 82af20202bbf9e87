import { type Markup, markup } from "../markup.ts";
import { linearScale, type Scale } from "./scale.ts";
import { toneClass } from "./tone.ts";

/** One series of a chart of columns. */
export interface Columns {
  readonly label: string;
  /** Which colour it has; `undefined` is the grey of what is only compared with. */
  readonly tone: number | undefined;
  /** One for each place; null where there is nothing to say. */
  readonly values: readonly (number | null)[];
}

/** What a chart of columns shows. */
export interface ColumnChart {
  readonly title: string;
  readonly places: readonly string[];
  readonly series: readonly Columns[];
  readonly arranged: "stacked" | "beside";
  /** How a value reads. */
  readonly format: (value: number) => string;
  readonly tick: (scale: Scale, value: number) => string;
}

const WIDTH = 512;
const HEIGHT = 230;
const TOP = 22;
const LEFT = 52;
const BOTTOM = 30;

/**
 * Upright columns over places, on each other or side by side. Every value stands in its hover text; above a place stands
 * the sum of what is stacked, or the value of the last series.
 */
export function columnChart(chart: ColumnChart): Markup {
  const { title, places, series, arranged, tick } = chart;
  const heights =
    arranged === "stacked"
      ? places.map((_, place) => series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0))
      : series.flatMap(({ values }) => values.filter((value) => value !== null));
  const scale = linearScale(0, Math.max(0, ...heights), HEIGHT - BOTTOM, TOP);
  const step = (WIDTH - LEFT) / places.length;
  const grid = scale.ticks.map(
    (value) => markup`<line class="${value === 0 ? "axis" : "grid"}" x1="${LEFT}" x2="${WIDTH}"
 y1="${round(scale.at(value))}" y2="${round(scale.at(value))}"/><text class="tick" x="${LEFT - 6}" y="${round(
   scale.at(value) + 4,
 )}" text-anchor="end">${tick(scale, value)}</text>`,
  );
  const groups = places.map((name, place) => {
    const middle = LEFT + (place + 0.5) * step;
    const drawn = arranged === "stacked" ? stack(chart, place, scale) : beside(chart, place, scale);
    return markup`${drawn}<text class="tick" x="${round(middle)}" y="${HEIGHT - BOTTOM + 18}"
 text-anchor="middle">${name}</text>`;
  });
  return markup`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${grid}${groups}</svg>`;
}

/** Of a place's width, what its columns take. */
const FILLED = 0.68;

function stack({ places, series, format }: ColumnChart, place: number, scale: Scale): Markup {
  const step = (WIDTH - LEFT) / places.length;
  let below = 0;
  const parts = series.map(({ label, tone, values }) => {
    const value = values[place] ?? 0;
    const [from, to] = [scale.at(below), scale.at(below + value)];
    below += value;
    if (value === 0) return markup``;
    return markup`<rect class="${toneClass(tone)}" x="${round(LEFT + (place + (1 - FILLED) / 2) * step)}" y="${round(
      to,
    )}" width="${round(FILLED * step)}" height="${round(from - to)}"><title>${places[place]!}, ${label}: ${format(
      value,
    )}</title></rect>`;
  });
  return markup`${parts}${written(format(below), LEFT + (place + 0.5) * step, scale.at(below), step)}`;
}

function beside({ places, series, format }: ColumnChart, place: number, scale: Scale): Markup {
  const step = (WIDTH - LEFT) / places.length;
  const width = (FILLED * step) / series.length;
  const left = LEFT + (place + (1 - FILLED) / 2) * step;
  const drawn = series.map(({ label, tone, values }, at) => {
    const value = values[place] ?? null;
    if (value === null) return markup``;
    return markup`<rect class="${toneClass(tone)}" x="${round(left + at * width)}" y="${round(
      scale.at(value),
    )}" width="${round(width * 0.94)}" height="${round(scale.at(0) - scale.at(value))}"><title>${places[place]!}, ${label}: ${format(
      value,
    )}</title></rect>`;
  });
  const last = series.at(-1)?.values[place] ?? null;
  if (last === null) return markup`${drawn}`;
  const highest = Math.max(...series.map(({ values }) => values[place] ?? 0));
  return markup`${drawn}${written(format(last), left + (FILLED * step) / 2, scale.at(highest), step)}`;
}

/** A value above its column, where there is room for it. */
function written(text: string, x: number, y: number, room: number): Markup {
  if (text.length * 6.4 > room) return markup``;
  return markup`<text class="small" x="${round(x)}" y="${round(y - 5)}" text-anchor="middle">${text}</text>`;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
