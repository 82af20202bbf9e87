import { markup, type Markup } from "../../page/index.ts";
import { dayWords, whole } from "../../words/index.ts";
import type { ReportFigures } from "../figures.ts";

/** How each figure is computed, and what they are all computed from. */
export function computedSection({ figures, description }: ReportFigures, madeAt: Date): Markup {
  const terms = [...figures.values()]
    .filter(({ answer }) => answer.unavailable === undefined)
    .map(
      ({ kpi, answer }) =>
        markup`<dt>${kpi.title}</dt><dd>${kpi.words} <span class="formula">${kpi.formula}.</span> From ${whole(
          answer.rows,
        )} rows of data.</dd>`,
    );
  const { rows, execution, createdAt, firstDay, lastDay } = description;
  return markup`<section class="computed"><h2>How this is computed</h2><p class="quiet">Every figure is exact and is the one that the
 dashboard gives for the same days: nothing is sampled or estimated. Days are days in UTC. The data are those of the collector execution
 ${execution}, collected on ${dayWords(createdAt.slice(0, 10))}: ${whole(rows.interactions)} interactions of ${whole(
   rows.users,
 )} users with ${whole(rows.items)} items, from ${dayWords(firstDay!)} to ${dayWords(lastDay!)}. What comes in later is not in this report. It was
 made on ${madeAt.toISOString().slice(0, 16).replace("T", " at ")} UTC.</p><dl>${terms}</dl></section>`;
}
