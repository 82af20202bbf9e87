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

/** A metric or a probability, to four digits: "0.1936". */
export function figure(value: number): string {
  return value.toFixed(4);
}

/** "24 MB". */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let scaled = value;
  let unit = 0;
  while (scaled >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${unit === 0 || scaled >= 10 ? Math.round(scaled) : scaled.toFixed(1)} ${units[unit]!}`;
}
