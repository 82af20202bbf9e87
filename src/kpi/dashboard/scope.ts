import { DashboardScope, type KpiContent } from "../../schema/index.ts";
import { ALL, FIRST_CATEGORY, FIRST_SOURCE } from "../rollup/codes.ts";
import { type Days, dayNumber } from "./days.ts";

/** A question that cannot be asked: the message says what is wrong with it, what was got and what to do. */
export class ScopeError extends Error {
  override readonly name = "ScopeError";
}

/** A scope in the numbers of the rollups. */
export interface CheckedScope {
  /** `undefined` where the data has no days. */
  readonly days: Days | undefined;
  readonly source: number;
  readonly category: number;
}

/** @throws ScopeError with everything that is wrong */
export function checkScope(scope: unknown, content: KpiContent): CheckedScope {
  const parsed = DashboardScope.safeParse(scope);
  if (!parsed.success) {
    throw new ScopeError(
      parsed.error.issues
        .map(({ path, message }) => `${["scope", ...path].join(".")}: ${message}`)
        .join("; "),
    );
  }
  const { from, to, source, category } = parsed.data;
  const problems: string[] = [];
  const days = daysOf(from, to, content, problems);
  const codes = {
    source: codeOf("source", source, content.sources, FIRST_SOURCE, problems),
    category: codeOf("category", category, content.categories, FIRST_CATEGORY, problems),
  };
  if (problems.length > 0) throw new ScopeError(problems.join("; "));
  return { days, ...codes };
}

function daysOf(
  from: string | undefined,
  to: string | undefined,
  { firstDay, lastDay }: KpiContent,
  problems: string[],
): Days | undefined {
  if (firstDay === null || lastDay === null) {
    if (from !== undefined || to !== undefined) {
      problems.push("scope.from, scope.to: the data has no days; leave them out");
    }
    return undefined;
  }
  if (from !== undefined && to !== undefined && from > to) {
    problems.push(`scope.from: it must not be after scope.to, got ${from} and ${to}`);
  }
  // One end alone may lie beyond the data: there the range is that day.
  return {
    from: dayNumber(from ?? (to !== undefined && to < firstDay ? to : firstDay)),
    to: dayNumber(to ?? (from !== undefined && from > lastDay ? from : lastDay)),
  };
}

function codeOf(
  what: "source" | "category",
  name: string | undefined,
  known: readonly { readonly name: string }[],
  first: number,
  problems: string[],
): number {
  if (name === undefined) return ALL;
  const place = known.findIndex((one) => one.name === name);
  if (place >= 0) return first + place;
  const names = known.map((one) => JSON.stringify(one.name)).join(", ");
  const allowed = names === "" ? "left out, since the data has none" : `one of ${names}`;
  problems.push(`scope.${what}: it must be ${allowed}, got ${JSON.stringify(name)}`);
  return ALL;
}
