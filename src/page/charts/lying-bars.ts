import { type Markup, markup } from "../markup.ts";
import { toneClass } from "./tone.ts";

/** One bar: a name, its parts from the left, and what is written behind it. */
export interface LyingBar {
  readonly label: string;
  readonly parts: readonly {
    readonly label: string;
    readonly tone: number | undefined;
    readonly value: number;
  }[];
  readonly figure: string;
}

const WIDTH = 512;
const ROW = 38;
const NAME = 15;
const BAR = 13;
const LONGEST = 76;

/**
 * Lying bars, each below its name, on one scale from 0.
 *
 * @param title - for who cannot see it
 * @param bars - from the top
 * @param format - how a part's value reads on hover
 */
export function lyingBars(
  title: string,
  bars: readonly LyingBar[],
  format: (value: number) => string,
): Markup {
  const sums = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const room = 12 + 6.6 * Math.max(...bars.map(({ figure }) => figure.length));
  const unit = (WIDTH - room) / Math.max(1, ...sums);
  const rows = bars.map(({ label, parts, figure }, row) => {
    const top = row * ROW;
    let x = 0;
    const drawn = parts.map((part) => {
      const left = x;
      x += part.value * unit;
      if (part.value === 0) return markup``;
      return markup`<rect class="${toneClass(part.tone)}" x="${round(left)}" y="${top + NAME + 3}" width="${round(
        part.value * unit,
      )}" height="${BAR}"><title>${label}, ${part.label}: ${format(part.value)}</title></rect>`;
    });
    return markup`<text x="0" y="${top + NAME - 2}">${shortened(label)}<title>${label}</title></text>${drawn}<text
 class="small" x="${round(x + 7)}" y="${top + NAME + BAR}">${figure}</text>`;
  });
  return markup`<svg viewBox="0 0 ${WIDTH} ${bars.length * ROW}" role="img" aria-label="${title}">${rows}</svg>`;
}

function shortened(label: string): string {
  return label.length > LONGEST ? `${label.slice(0, LONGEST - 1).trimEnd()}…` : label;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
