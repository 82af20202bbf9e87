import type { Estimate } from "../../../../schema/index.ts";
import { type Markup, type Scale, linearScale, markup } from "../../../../page/index.ts";

/** One estimate in a row: a bar from 0 or a place, with its interval. */
export interface RangeMark {
  readonly estimate: Estimate;
  /** A point stands alone in its row, a dot above another scorer's. */
  readonly shape: "bar" | "dot" | "point";
  readonly tone: "main" | "other";
}

/** The scale that the rows of a table share, from 0 % to 100 % of their width. */
export function rangeScale(estimates: readonly Estimate[]): Scale {
  const ends = estimates.flatMap(({ value, low, high }) => [value, low, high]);
  return linearScale(Math.min(0, ...ends), Math.max(0, ...ends), 0, 100);
}

/** A scale that need not begin at 0, for points. */
export function pointScale(values: readonly number[]): Scale {
  return linearScale(Math.min(...values), Math.max(...values), 0, 100);
}

/** A value without an interval. */
export function point(value: number, isMain: boolean): RangeMark {
  return {
    estimate: { value, low: value, high: value },
    shape: "point",
    tone: isMain ? "main" : "other",
  };
}

/** The ticks, for the head of the table. */
export function rangeAxis(scale: Scale): Markup {
  return markup`<div class="range ticks">${scale.ticks.map(
    (tick) => markup`<span style="left:${at(scale, tick)}%">${tick.toFixed(scale.places)}</span>`,
  )}</div>`;
}

/** One row's marks over the grid; its figures stand beside it as text. */
export function rangeRow(scale: Scale, marks: readonly RangeMark[]): Markup {
  const grid = scale.ticks.map(
    (tick) =>
      markup`<i class="${tick === 0 ? "axis" : "grid"}" style="left:${at(scale, tick)}%"></i>`,
  );
  return markup`<div class="range" aria-hidden="true">${grid}${marks.map((mark) => drawn(scale, mark))}</div>`;
}

function drawn(scale: Scale, { estimate, shape, tone }: RangeMark): Markup {
  const { value, low, high } = estimate;
  const body =
    shape === "bar"
      ? markup`<i class="bar ${tone}" style="${span(scale, Math.min(0, value), Math.max(0, value))}"></i>`
      : markup`<i class="${shape} ${tone}" style="left:${at(scale, value)}%"></i>`;
  return low === high
    ? body
    : markup`${body}<i class="whisker ${shape} ${tone}" style="${span(scale, low, high)}"></i>`;
}

function span(scale: Scale, from: number, to: number): string {
  return `left:${at(scale, from)}%;width:${(scale.at(to) - scale.at(from)).toFixed(2)}%`;
}

function at(scale: Scale, value: number): string {
  return scale.at(value).toFixed(2);
}
