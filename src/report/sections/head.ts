import { Markup, markup } from "../../page/index.ts";
import { changeOf, figureWords, HEADLINE_KPIS } from "../../words/index.ts";
import type { ReportFigure, ReportFigures } from "../figures.ts";
import { periodWords } from "../period.ts";
import { headline, sentences } from "../sentences.ts";

/** The top of the page: the week in a sentence, what else is to be said, the figures that are read first. */
export function head(report: ReportFigures): Markup {
  const { period, figures } = report;
  const said = sentences(report).map((sentence) => markup`<li>${sentence}</li>`);
  const kind = period.isWeek ? "Weekly report" : "Report";
  const shown = HEADLINE_KPIS.map((id) => figures.get(id)).filter(
    (one) => one !== undefined && one.answer.unavailable === undefined,
  );
  return markup`<header><p class="kicker">${kind} · ${periodWords(period)} (UTC)</p><h1>${headline(report)}</h1><ul
 class="said">${said}</ul></header><div class="tiles">${shown.slice(0, MOST_TILES).map((one) => tile(one!))}</div>`;
}

const MOST_TILES = 4;

function tile({ kpi, answer }: ReportFigure): Markup {
  const { unit, value } = answer;
  return markup`<div class="tile"><b>${figureWords(unit, value)}</b><span>${TITLES[kpi.id] ?? kpi.title}</span>${changeMark(
    kpi,
    answer,
  )}</div>`;
}

/** Where a tile has no room for the whole title. */
const TITLES: Readonly<Record<string, string>> = {
  interactions: "Interactions",
  "recsys-share": "From recommendations",
};

/** How a figure has moved, in the colour of what that means; nothing where there is none to set it against. */
export function changeMark(
  { moreIsBetter }: ReportFigure["kpi"],
  { unit, value, previous }: ReportFigure["answer"],
): Markup {
  const change = changeOf(unit, value, previous, moreIsBetter);
  if (change === null) return new Markup("");
  const tone = change.verdict === "better" ? "good" : change.verdict === "worse" ? "bad" : "quiet";
  return markup`<small class="change ${tone}">${change.text}</small>`;
}
