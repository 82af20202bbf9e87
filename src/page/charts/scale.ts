/** A linear scale from data to the chart's units, with round ticks. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  /** Decimals that tell the ticks apart. */
  readonly places: number;
}

/** The scale of the values from `low` to `high`, widened to round numbers, onto `from` to `to`. */
export function linearScale(low: number, high: number, from: number, to: number): Scale {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const step = roundStep(span / 5);
  const first = Math.floor(low / step);
  const last = Math.ceil((low + span) / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, tick) => (first + tick) * step);
  const at = (value: number) =>
    from + ((value - first * step) / ((last - first) * step)) * (to - from);
  return { at, ticks, places: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

/** A tick of a scale of shares as a percentage. */
export function percentTick({ places }: Scale, tick: number): string {
  return `${(100 * tick).toFixed(Math.max(0, places - 2))} %`;
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((digit) => digit * power >= least) ?? 10) * power;
}
