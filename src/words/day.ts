const LONG = formatOf({ day: "numeric", month: "short", year: "numeric" });
const SHORT = formatOf({ day: "numeric", month: "short" });
const MONTH = formatOf({ month: "short", year: "numeric" });
const DAY_MS = 86_400_000;

/** "29 Feb 2024", of `2024-02-29`. */
export function dayWords(day: string): string {
  return LONG.format(new Date(day));
}

/** "29 Feb", for axes. */
export function shortDay(day: string): string {
  return SHORT.format(new Date(day));
}

/** "Feb 2024". */
export function monthWords(day: string): string {
  return MONTH.format(new Date(day));
}

/** The day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days there are from one to another, both included. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
}

/** Is it a day of the calendar, as `2024-02-29`? */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The days of the figures are UTC's, wherever the viewer is. */
function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
}
