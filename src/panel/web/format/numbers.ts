export { percent, whole } from "../../../words/index.ts";

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
