import type { DashboardDescription, DashboardScope, KpiDescription } from "../src/schema/index.ts";

const DAY_MS = 86_400_000;

/** What the page shows before anybody has chosen: the last thirty days. */
export function firstScope({ lastDay }: DashboardDescription): DashboardScope {
  return { from: dayText(Date.parse(lastDay!) - 29 * DAY_MS), to: lastDay! };
}

/** Ranges of all lengths, a third of them filtered by source, a third by category, some by both. */
export function randomScopes(
  { firstDay, lastDay, sources, categories }: DashboardDescription,
  count: number,
): readonly DashboardScope[] {
  const first = Date.parse(firstDay!);
  const days = (Date.parse(lastDay!) - first) / DAY_MS + 1;
  let state = 1;
  const below = (most: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  return Array.from({ length: count }, () => {
    const [from, to] = [below(days), below(days)].sort((a, b) => a - b);
    return {
      from: dayText(first + from! * DAY_MS),
      to: dayText(first + to! * DAY_MS),
      ...(below(3) === 0 ? { source: sources[below(sources.length)]! } : {}),
      ...(below(3) === 0 && categories.length > 0
        ? { category: categories[below(categories.length)]! }
        : {}),
    };
  });
}

/** The path that the page asks for a KPI: without the filters that it does not obey. */
export function pathOf({ id, filters }: KpiDescription, scope: DashboardScope): string {
  const { from, to, source, category } = scope;
  const asked = new URLSearchParams();
  if (from !== undefined) asked.set("from", from);
  if (to !== undefined) asked.set("to", to);
  if (source !== undefined && filters.includes("source")) asked.set("source", source);
  if (category !== undefined && filters.includes("category")) asked.set("category", category);
  return `/dashboard/${id}?${asked.toString()}`;
}

function dayText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
