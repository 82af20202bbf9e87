import { percent, whole } from "./numbers.ts";
import { figureWords, signed, type Unit } from "./figure-words.ts";

/** How a figure has moved. */
export interface Change {
  /** "+6.1 %", "−0.3 points". */
  readonly text: string;
  /** Null where the KPI does not say whether more is better, or nothing moved. */
  readonly verdict: "better" | "worse" | null;
}

/** The change against the period before; null where one of both is missing. */
export function changeOf(
  unit: Unit,
  value: number | null,
  previous: number | null,
  moreIsBetter: boolean | null,
): Change | null {
  if (value === null || previous === null) return null;
  const text = textOf(unit, value, previous);
  const moved = /[1-9]/.test(text); // what rounds to nothing is no change to speak of
  if (!moved) return { text: "no change", verdict: null };
  if (moreIsBetter === null) return { text, verdict: null };
  return { text, verdict: value > previous === moreIsBetter ? "better" : "worse" };
}

/** Shares differ by points, counts by a part of what was, the rest by itself. */
function textOf(unit: Unit, value: number, previous: number): string {
  const difference = value - previous;
  switch (unit) {
    case "share":
    case "change":
      return `${signed(100 * difference, (size) => size.toFixed(1))} points`;
    case "interactions":
    case "users":
    case "items":
    case "value":
    case "interactions per user":
      return previous === 0
        ? signed(difference, whole)
        : signed(difference / Math.abs(previous), percent);
    case "days":
    case "rating":
    case "index":
      return signed(difference, (size) => figureWords(unit, size));
  }
}
