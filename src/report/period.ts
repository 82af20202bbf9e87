import type { DashboardDescription } from "../schema/index.ts";
import { addDays, dayWords, isDay } from "../words/index.ts";

/** The days that a report is about, both included. */
export interface ReportPeriod {
  /** `2026-W47`, or `2026-11-01--2026-11-10` where the days are no week. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly isWeek: boolean;
}

/** Days that no report can be about; the message says why and what to do. */
export class ReportPeriodError extends Error {
  override readonly name = "ReportPeriodError";
}

/** The days of an ISO week `2026-W47`, from Monday to Sunday. */
export function weekPeriod(week: string): ReportPeriod {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (year === undefined) {
    throw new ReportPeriodError(
      `a week is written as 2026-W47, got ${JSON.stringify(week)}; weeks begin on Monday (ISO 8601)`,
    );
  }
  // The fourth of January lies in the first week of its year.
  const monday = addDays(mondayOf(`${year}-01-04`), 7 * (Number(number) - 1));
  if (Number(number) < 1 || weekNameOf(monday) !== week) {
    throw new ReportPeriodError(
      `${year} has no week ${number!}; its last is ${weekNameOf(`${year}-12-28`)}`,
    );
  }
  return { name: week, from: monday, to: addDays(monday, 6), isWeek: true };
}

/** Any days; a whole week of them is that week. */
export function daysPeriod(from: string, to: string): ReportPeriod {
  for (const day of [from, to]) {
    if (!isDay(day)) {
      throw new ReportPeriodError(`a day is written as 2026-11-16, got ${JSON.stringify(day)}`);
    }
  }
  if (from > to) {
    throw new ReportPeriodError(
      `the first day must not be after the last, got ${from} and ${to}; exchange them`,
    );
  }
  if (mondayOf(from) === from && addDays(from, 6) === to) return weekPeriod(weekNameOf(from));
  return { name: `${from}--${to}`, from, to, isWeek: false };
}

/**
 * The last week from Monday that the data hold whole: they go on to its Sunday or beyond, and were collected after its
 * end; `undefined` where there is none.
 */
export function lastCompleteWeek({
  firstDay,
  lastDay,
  createdAt,
}: Pick<DashboardDescription, "firstDay" | "lastDay" | "createdAt">): ReportPeriod | undefined {
  if (firstDay === null || lastDay === null) return undefined;
  const collected = createdAt.slice(0, 10);
  // The last Sunday up to the data's last day that was over when they were collected.
  const latest = [lastDay, addDays(collected, -1)].sort()[0]!;
  const monday = addDays(mondayOf(addDays(latest, 1)), -7);
  return monday < firstDay ? undefined : weekPeriod(weekNameOf(monday));
}

/** "Week 47 of 2026, 16 Nov 2026 – 22 Nov 2026". */
export function periodWords({ name, from, to, isWeek }: ReportPeriod): string {
  const days = from === to ? dayWords(from) : `${dayWords(from)} – ${dayWords(to)}`;
  if (!isWeek) return days;
  const [year, week] = name.split("-W");
  return `Week ${Number(week)} of ${year!}, ${days}`;
}

/** The name of the week that a day lies in: that of the year which its Thursday is in. */
function weekNameOf(day: string): string {
  const thursday = addDays(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, "0")}`;
}

function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}
