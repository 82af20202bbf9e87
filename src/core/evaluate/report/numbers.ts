import { type Markup, markup } from "../../../page/index.ts";
import { whole } from "../../../words/index.ts";

export { whole };

/** A metric's value: four decimals. */
export function decimals(value: number): string {
  return value.toFixed(4);
}

/** A share as a percentage with about three digits. */
export function percent(share: number): string {
  const value = 100 * share;
  const places = Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return `${value.toFixed(places)} %`;
}

/** A share as a percentage for a sentence. */
export function roundPercent(share: number): string {
  const value = 100 * share;
  if (value > 0 && value < 0.095) return "< 0.1 %";
  return `${value.toFixed(value === 0 || value >= 0.95 ? 0 : 1)} %`;
}

/** A share as a percentage with as many digits as its neighbours in a column. */
export function columnPercent(share: number): string {
  return share > 0 && share < 0.00005 ? "< 0.01 %" : `${(100 * share).toFixed(2)} %`;
}

/** A number with its sign; zero has none. */
export function signed(value: number, format: (value: number) => string): string {
  if (value === 0) return format(0);
  return value < 0 ? `−${format(-value)}` : `+${format(value)}`;
}

/** How many times as much, with the digits that a person keeps in mind. */
export function times(ratio: number): string {
  if (ratio >= 9.95) return `${whole(Math.round(ratio))} times`;
  return `${ratio.toFixed(ratio < 1.095 ? 2 : 1)} times`;
}

/** A figure as it is read, the exact one on hover. */
export function exact(value: number, format: (value: number) => string): Markup {
  return markup`<span title="${value}">${format(value)}</span>`;
}
