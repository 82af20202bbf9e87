import { DAY_SECONDS } from "../rollup/codes.ts";

/** Days from one to another, both included, as numbers: 0 is 1970-01-01 in UTC. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

/** The days of data without days: the rollups have everything on the first. */
export const NO_DAYS: Days = { from: 0, to: 0 };

export type Step = "day" | "week" | "month";

/** Up to this many days a point is a day, up to so many a week, beyond a month: more points nobody tells apart. */
const MOST_DAYS = 92;
const MOST_DAYS_OF_WEEKS = 731;

/** `$step` of the queries. */
export const STEP_NUMBERS: Readonly<Record<Step, number>> = { day: 1, week: 7, month: 30 };

/** The number of a day `2024-02-29`. */
export function dayNumber(day: string): number {
  return Date.parse(day) / (DAY_SECONDS * 1000);
}

/** A day's number as `2024-02-29`. */
export function dayText(day: number): string {
  return new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** As many days before these. */
export function daysBefore({ from, to }: Days): Days {
  return { from: 2 * from - to - 1, to: from - 1 };
}

/** What a point of a chart over these days stands for. */
export function stepFor({ from, to }: Days): Step {
  const days = to - from + 1;
  if (days <= MOST_DAYS) return "day";
  return days <= MOST_DAYS_OF_WEEKS ? "week" : "month";
}

/** The first days of all spans that the days are divided into; the first span begins with `from`, inside a week or not. */
export function spans({ from, to }: Days, step: Step): readonly number[] {
  const firsts: number[] = [];
  for (let day = from; day <= to; day = nextSpan(day, step)) firsts.push(day);
  return firsts;
}

function nextSpan(day: number, step: Step): number {
  switch (step) {
    case "day":
      return day + 1;
    case "week":
      return Math.floor((day + 3) / 7) * 7 + 4; // day 0 was a Thursday
    case "month": {
      const date = new Date(day * DAY_SECONDS * 1000);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / (DAY_SECONDS * 1000);
    }
  }
}

/**
 * The SQL macro behind {@link spans}: the first day of the span that a day is in.
 */
export const PERIOD_MACRO = `
  CREATE MACRO period(day, step, since) AS greatest(since, CASE step
    WHEN 1 THEN day
    WHEN 7 THEN (day + 3) // 7 * 7 - 3
    ELSE (date_trunc('month', DATE '1970-01-01' + day)::DATE - DATE '1970-01-01')::INTEGER END)`;
