import { markup, type Markup } from "../../page/index.ts";
import type { ReportFigures } from "../figures.ts";

/** What the report cannot tell, and why. */
export function missingSection({ figures, description, period }: ReportFigures): Markup {
  const byReason = new Map<string, string[]>();
  for (const { kpi, answer } of figures.values()) {
    const why =
      answer.unavailable ??
      (answer.value === null ? "there is nothing to compute it from in these days" : undefined);
    if (why !== undefined) byReason.set(why, [...(byReason.get(why) ?? []), kpi.title]);
  }
  const { firstDay } = description;
  const before = figures.get("interactions")!.answer.previousRange;
  const isShort = firstDay !== null && before !== null && before.from < firstDay;
  const reasons = [...byReason].map(
    ([why, titles]) => markup`<dt>${titles.join(", ")}</dt><dd>${sentence(why)}</dd>`,
  );
  const short = isShort
    ? markup`<dt>${period.isWeek ? "The week before" : "The days before"}</dt><dd>The data begin on ${firstDay}: they do not
 reach back far enough to compare with.</dd>`
    : markup``;
  if (reasons.length === 0 && !isShort) return markup``;
  return markup`<section><h2>What is missing, and why</h2><dl class="reasons">${short}${reasons}</dl></section>`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
