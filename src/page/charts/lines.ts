import { type Markup, markup } from "../markup.ts";
import { linearScale } from "./scale.ts";

/** A line of a chart. */
export interface Line {
  readonly label: string;
  readonly isMain: boolean;
  /** One value for each place on the horizontal axis, or for the first of them. */
  readonly values: readonly number[];
}

/** What a chart of lines shows. */
export interface LineChart {
  readonly title: string;
  /** Names of the evenly spaced places; an empty one has no tick. */
  readonly places: readonly string[];
  /** What the places are. */
  readonly across: string;
  readonly lines: readonly Line[];
  /** Where the vertical axis begins. */
  readonly from: "zero" | "data";
  /** How a value reads on hover. */
  readonly format: (value: number) => string;
}

const WIDTH = 512;
const HEIGHT = 270;
const TOP = 12;
const LEFT = 50;
const RIGHT = 180;
const BOTTOM = 44;
const LABEL_HEIGHT = 15;

/** Lines over evenly spaced places, each named at its end. */
export function lineChart({ title, places, across, lines, from, format }: LineChart): Markup {
  const shown = lines.filter(({ values }) => values.length > 0);
  const all = shown.flatMap(({ values }) => values);
  if (all.length === 0) return markup``;
  const low = from === "zero" ? Math.min(0, ...all) : Math.min(...all);
  const scale = linearScale(low, Math.max(...all), HEIGHT - BOTTOM, TOP);
  const right = WIDTH - RIGHT;
  const x = (place: number) =>
    round(LEFT + (place / Math.max(1, places.length - 1)) * (right - LEFT));
  const y = (value: number) => round(scale.at(value));
  const grid = scale.ticks.map(
    (tick, t) => markup`<line class="${t === 0 ? "axis" : "grid"}" x1="${LEFT}" x2="${right}"
 y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${LEFT - 6}" y="${y(tick) + 4}"
 text-anchor="end">${tick.toFixed(scale.places)}</text>`,
  );
  const names = places.map(
    (name, place) =>
      markup`<text class="tick" x="${x(place)}" y="${HEIGHT - BOTTOM + 17}" text-anchor="middle">${name}</text>`,
  );
  const heights = apart(
    shown.map(({ values }) => y(values.at(-1)!)),
    HEIGHT - BOTTOM,
  );
  const drawn = shown.map(({ label, isMain, values }, line) => {
    const tone = isMain ? "main" : `other other-${line % 4}`;
    const last = x(values.length - 1);
    const dots = values.map(
      (value, place) =>
        markup`<circle class="dot ${tone}" cx="${x(place)}" cy="${y(value)}" r="${
          isMain ? 3.4 : 2.4
        }"><title>${label}, ${places[place] ?? ""}: ${format(value)} (${value})</title></circle>`,
    );
    return markup`<polyline class="line ${tone}" points="${values
      .map((value, place) => `${x(place)},${y(value)}`)
      .join(
        " ",
      )}"/>${dots}<path class="leader" d="M${last + 6} ${y(values.at(-1)!)}H${right + 6}L${right + 18} ${
      heights[line]!
    }"/><text class="label ${isMain ? "strong" : ""}" x="${right + 22}" y="${heights[line]! + 4}">${label}</text>`;
  });
  return markup`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${grid}${names}<text class="tick"
 x="${(LEFT + right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${across}</text>${mainLast(shown, drawn)}</svg>`;
}

/** The line that matters lies above the others. */
function mainLast(lines: readonly Line[], drawn: readonly Markup[]): readonly Markup[] {
  const of = (isMain: boolean) => drawn.filter((_, line) => lines[line]!.isMain === isMain);
  return [...of(false), ...of(true)];
}

/** Heights of labels, moved just enough not to overlap or to pass the bottom. */
function apart(heights: readonly number[], bottom: number): readonly number[] {
  const order = [...heights.keys()].sort((a, b) => heights[a]! - heights[b]!);
  const moved = [...heights];
  order.forEach((label, place) => {
    const above = order[place - 1];
    if (above !== undefined) moved[label] = Math.max(moved[label]!, moved[above]! + LABEL_HEIGHT);
  });
  let limit = bottom;
  for (const label of order.toReversed()) {
    moved[label] = Math.min(moved[label]!, limit);
    limit = moved[label] - LABEL_HEIGHT;
  }
  return moved;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
