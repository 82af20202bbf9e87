import { markup, type Markup, table } from "../../page/index.ts";
import { figureWords, KPI_SECTIONS, whole } from "../../words/index.ts";
import type { ReportFigure, ReportFigures } from "../figures.ts";
import { changeMark } from "./head.ts";

/** These are lists of items, shown apart. */
const APART = ["week-over-week", "top-items", "movers"];

/** Every figure beside that of the period before. */
export function allFiguresSection({ figures, period }: ReportFigures): Markup {
  const planned = KPI_SECTIONS.flatMap(({ kpis }) => kpis);
  const rest = { title: "More", kpis: [...figures.keys()].filter((id) => !planned.includes(id)) };
  const groups = [...KPI_SECTIONS, rest].map(({ title, kpis }) => ({
    title,
    shown: kpis
      .filter((id) => !APART.includes(id))
      .map((id) => figures.get(id))
      .filter((one) => one !== undefined)
      .filter(({ answer }) => answer.unavailable === undefined),
  }));
  const rows = groups.flatMap(({ title, shown }) =>
    shown.length === 0
      ? []
      : [
          markup`<tr class="group"><th colspan="5" scope="rowgroup">${title}</th></tr>`,
          ...shown.map(figureRow),
        ],
  );
  const [now, before] = period.isWeek
    ? ["this week", "week before"]
    : ["these days", "as many days before"];
  const hasRetention = figures.get("retention")?.answer.unavailable === undefined;
  const later =
    hasRetention && period.isWeek
      ? " “Coming back” is of the users who followed a recommendation in the week before: how many of them were active in this week."
      : "";
  return markup`<section class="figures"><h2>All figures</h2>${table(
    ["", now, before, "change", "rows of data"],
    rows,
  )}<p class="quiet note">Green is better, red is worse, grey says nothing by itself. One week is short: holidays and chance move it.${later}</p></section>`;
}

function figureRow({ kpi, answer }: ReportFigure): Markup {
  const { unit, value, previous, rows } = answer;
  return markup`<tr><td class="words">${kpi.title}</td><td><b>${figureWords(unit, value)}</b></td><td>${figureWords(
    unit,
    previous,
  )}</td><td>${changeMark(kpi, answer)}</td><td class="quiet">${whole(rows)}</td></tr>`;
}
