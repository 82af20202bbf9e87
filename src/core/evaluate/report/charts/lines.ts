import { type Markup, markup } from "../markup.ts";
import { linearScale } from "./scale.ts";

export interface Line {
  readonly label: string;
  readonly isMain: boolean;
  /** One value for each place on the horizontal axis. */
  readonly values: readonly number[];
}

const WIDTH = 420;
const HEIGHT = 250;
const LEFT = 46;
const RIGHT = 96;
const BOTTOM = 34;
const LABEL_HEIGHT = 15;

/** Lines over evenly spaced places, each named at its end. */
export function lineChart(
  title: string,
  places: readonly string[],
  lines: readonly Line[],
): Markup {
  const scale = linearScale(
    0,
    Math.max(...lines.flatMap(({ values }) => values)),
    HEIGHT - BOTTOM,
    10,
  );
  const x = (place: number) =>
    LEFT + (place / Math.max(1, places.length - 1)) * (WIDTH - LEFT - RIGHT);
  const grid = scale.ticks.map(
    (
      tick,
    ) => markup`<line class="${tick === 0 ? "axis" : "grid"}" x1="${LEFT}" x2="${WIDTH - RIGHT}"
 y1="${scale.at(tick)}" y2="${scale.at(tick)}"/><text class="tick" x="${LEFT - 6}" y="${scale.at(tick) + 4}"
 text-anchor="end">${tick.toFixed(scale.places)}</text>`,
  );
  const names = places.map(
    (name, place) =>
      markup`<text class="tick" x="${x(place)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${name}</text>`,
  );
  const labelHeights = apart(lines.map(({ values }) => scale.at(values.at(-1)!)));
  const drawn = lines.map(({ label, isMain, values }, line) => {
    const points = values.map((value, place) => `${x(place)},${scale.at(value)}`);
    const tone = isMain ? "main" : `other other-${line}`;
    return markup`<polyline class="line ${tone}" points="${points.join(" ")}"/>${values.map(
      (value, place) =>
        markup`<circle class="dot ${tone}" cx="${x(place)}" cy="${scale.at(value)}" r="3.2"/>`,
    )}<text class="label ${isMain ? "strong" : ""}" x="${WIDTH - RIGHT + 8}"
 y="${labelHeights[line]! + 4}">${label}</text>`;
  });
  return markup`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${grid}${names}${drawn}</svg>`;
}

/** Heights of labels moved down just enough not to overlap. */
function apart(heights: readonly number[]): readonly number[] {
  const moved = [...heights];
  const order = [...heights.keys()].sort((a, b) => heights[a]! - heights[b]!);
  order.forEach((label, place) => {
    const above = order[place - 1];
    if (above === undefined) return;
    moved[label] = Math.max(heights[label]!, moved[above]! + LABEL_HEIGHT);
  });
  return moved;
}
