import { type Markup, linearScale, markup, percentTick } from "../../../../page/index.ts";

export interface BarPair {
  readonly label: string;
  /** Shares. */
  readonly first: number;
  readonly second: number;
}

const WIDTH = 480;
const HEIGHT = 260;
const LEFT = 52;
const BOTTOM = 34;
const BAR = 40;

/** Two upright bars of shares for each label, their values written on top. */
export function pairedBars(
  title: string,
  pairs: readonly BarPair[],
  format: (value: number) => string,
): Markup {
  const highest = Math.max(...pairs.flatMap(({ first, second }) => [first, second]));
  const scale = linearScale(0, highest, HEIGHT - BOTTOM, 22);
  const step = (WIDTH - LEFT) / pairs.length;
  const grid = scale.ticks.map(
    (tick) => markup`<line class="${tick === 0 ? "axis" : "grid"}" x1="${LEFT}" x2="${WIDTH}"
 y1="${scale.at(tick)}" y2="${scale.at(tick)}"/><text class="tick" x="${LEFT - 6}" y="${scale.at(tick) + 4}"
 text-anchor="end">${percentTick(scale, tick)}</text>`,
  );
  const bar = (value: number, left: number, tone: string) =>
    markup`<rect class="bar ${tone}" x="${left}" y="${scale.at(value)}" width="${BAR}" height="${
      scale.at(0) - scale.at(value)
    }" rx="2"><title>${value}</title></rect><text class="small" x="${left + BAR / 2}" y="${scale.at(value) - 5}"
 text-anchor="middle">${format(value)}</text>`;
  const columns = pairs.map(({ label, first, second }, column) => {
    const middle = LEFT + (column + 0.5) * step;
    return markup`${bar(first, middle - BAR - 3, "main")}${bar(second, middle + 3, "other")}<text
 class="label" x="${middle}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${label}</text>`;
  });
  return markup`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${grid}${columns}</svg>`;
}
