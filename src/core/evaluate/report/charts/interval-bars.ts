import type { Estimate } from "../../../../schema/index.ts";
import { type Markup, markup } from "../markup.ts";
import { linearScale } from "./scale.ts";

export interface IntervalBar {
  readonly label: string;
  readonly estimate: Estimate;
  /** Stands out from the others. */
  readonly isMain: boolean;
}

const WIDTH = 680;
const LABELS = 170;
const VALUES = 80;
const ROW = 34;

/** Horizontal bars from 0 with their 95 % intervals, the values written beside them. */
export function intervalBars(
  title: string,
  bars: readonly IntervalBar[],
  format: (value: number) => string,
): Markup {
  const ends = bars.flatMap(({ estimate }) => [estimate.low, estimate.high]);
  const right = WIDTH - VALUES;
  const scale = linearScale(Math.min(0, ...ends), Math.max(0, ...ends), LABELS, right);
  const height = bars.length * ROW + 26;
  const grid = scale.ticks.map(
    (tick) => markup`<line class="${tick === 0 ? "axis" : "grid"}" x1="${scale.at(tick)}"
 x2="${scale.at(tick)}" y1="0" y2="${height - 22}"/><text class="tick" x="${scale.at(tick)}"
 y="${height - 6}" text-anchor="middle">${tick.toFixed(scale.places)}</text>`,
  );
  const rows = bars.map(({ label, estimate, isMain }, row) => {
    const middle = row * ROW + ROW / 2;
    const [zero, value] = [scale.at(0), scale.at(estimate.value)];
    return markup`<text class="label" x="${LABELS - 10}" y="${middle + 4}"
 text-anchor="end">${label}</text><rect class="bar ${isMain ? "main" : "other"}"
 x="${Math.min(zero, value)}" y="${middle - 9}" width="${Math.abs(value - zero)}" height="18" rx="2"/><path
 class="whisker" d="M${scale.at(estimate.low)} ${middle}H${scale.at(estimate.high)}"/><path class="whisker"
 d="M${scale.at(estimate.low)} ${middle - 4}v8M${scale.at(estimate.high)} ${middle - 4}v8"/><text
 class="value" x="${right + 8}" y="${middle + 4}">${format(estimate.value)}</text>`;
  });
  return markup`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">${grid}${rows}</svg>`;
}
