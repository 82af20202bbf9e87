import type { KpiAnswer } from "../schema/index.ts";
import { compact, percent, whole } from "./numbers.ts";

export type Unit = KpiAnswer["unit"];

/** From here on nobody reads the hundredths; the tables and the CSV have them. */
const HUNDREDTHS_UNTIL = 10_000;
const GROUPED = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** A figure as one reads it: "338,214", "39.2 %", "4.12". */
export function figureWords(unit: Unit, value: number | null): string {
  if (value === null) return "–";
  switch (unit) {
    case "interactions":
    case "users":
    case "items":
      return whole(value);
    case "share":
      return percent(value);
    case "change":
      return signed(value, percent);
    case "days":
      return value === 1 ? "1 day" : `${GROUPED.format(value)} days`;
    case "rating":
    case "interactions per user":
      return value.toFixed(2);
    case "index":
      return value.toFixed(3);
    case "value":
      return Math.abs(value) >= HUNDREDTHS_UNTIL ? whole(value) : GROUPED.format(value);
  }
}

/** The same for an axis, where there is little room. */
export function axisWords(unit: Unit, value: number): string {
  switch (unit) {
    case "share":
    case "change":
      return percent(value, Math.abs(value) < 0.02 && value !== 0 ? 1 : 0);
    case "interactions":
    case "users":
    case "items":
    case "days":
    case "rating":
    case "interactions per user":
    case "index":
    case "value":
      return Math.abs(value) >= 1000 ? compact(value) : GROUPED.format(value);
  }
}

/** A number with its sign: "+6.1 %", "−3". */
export function signed(value: number, words: (size: number) => string): string {
  const sign = value > 0 ? "+" : value < 0 ? "−" : "±";
  return `${sign}${words(Math.abs(value))}`;
}
