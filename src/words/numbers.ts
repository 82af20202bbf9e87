const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** "338,214". */
export function whole(value: number): string {
  return WHOLE.format(value);
}

/** "338K", for axes and tight places. */
export function compact(value: number): string {
  return COMPACT.format(value);
}

/** "39.2 %". */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}
