import type { DashboardDescription } from "../../../../schema/index.ts";
import { addDays, dayWords, daysBetween, isDay } from "../../format/day.ts";

/** The ranges that one click chooses, in days back from the last day of the data. */
export const PRESETS = [7, 30, 90] as const;
const DEFAULT_DAYS = 30;

/** What the figures are of: `range` is how it was chosen, and what the address says. */
export interface Scope {
  /** A number of days, `all`, or `custom`. */
  readonly range: string;
  /** Null without timestamps. */
  readonly days: { readonly from: string; readonly to: string } | null;
  readonly source: string | null;
  readonly category: string | null;
  /** What of the address cannot be followed, and why. */
  readonly problems: readonly string[];
}

/** Reads the scope from the address; what the data does not have is left out and told. */
export function scopeOf(address: URLSearchParams, description: DashboardDescription): Scope {
  const problems: string[] = [];
  const known = (name: "source" | "category", values: readonly string[]): string | null => {
    const value = address.get(name);
    if (value === null || values.includes(value)) return value;
    problems.push(`The data has no ${name} “${value}”, so that all are shown.`);
    return null;
  };
  return {
    ...rangeOf(address, description, problems),
    source: known("source", description.sources),
    category: known("category", description.categories),
    problems,
  };
}

/** The address with some of it changed; `null` takes a part out. */
export function addressWith(
  address: URLSearchParams,
  parts: Readonly<Record<string, string | null>>,
): URLSearchParams {
  const changed = new URLSearchParams(address);
  for (const [name, value] of Object.entries(parts)) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  return changed;
}

/** What the API is asked: the range, and those filters that the KPI obeys. */
export function questionOf(
  { days, source, category }: Scope,
  filters: readonly ("source" | "category")[],
): string {
  const asked = new URLSearchParams(days ?? {});
  if (source !== null && filters.includes("source")) asked.set("source", source);
  if (category !== null && filters.includes("category")) asked.set("category", category);
  return asked.toString();
}

/** "28 Oct 2026 – 26 Nov 2026 (30 days)". */
export function rangeWords({ days }: Pick<Scope, "days">): string {
  if (days === null) return "All of the data";
  const { from, to } = days;
  const count = daysBetween(from, to);
  if (count === 1) return dayWords(from);
  return `${dayWords(from)} – ${dayWords(to)} (${count} days)`;
}

function rangeOf(
  address: URLSearchParams,
  { firstDay, lastDay }: DashboardDescription,
  problems: string[],
): Pick<Scope, "range" | "days"> {
  if (firstDay === null || lastDay === null) return { range: "all", days: null };
  const from = address.get("from");
  const to = address.get("to");
  if (from !== null && to !== null) {
    if (isDay(from) && isDay(to) && from <= to) return { range: "custom", days: { from, to } };
    problems.push(`“${from}” to “${to}” is no range of days, so that the last 30 are shown.`);
  }
  const range = address.get("range");
  if (range === "all") return { range, days: { from: firstDay, to: lastDay } };
  const count = PRESETS.find((days) => String(days) === range) ?? DEFAULT_DAYS;
  return { range: String(count), days: { from: addDays(lastDay, 1 - count), to: lastDay } };
}
