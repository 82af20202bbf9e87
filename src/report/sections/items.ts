import { figure, legend, type LyingBar, lyingBars, markup, type Markup } from "../../page/index.ts";
import { percent, whole } from "../../words/index.ts";
import type { ReportFigures } from "../figures.ts";
import { type Mover, moversOf } from "../sentences.ts";
import { sourceTones } from "../source-tones.ts";
import { sourcesFigure } from "./sources.ts";

/** Where customers came from, what they did most with, and what moved. */
export function itemsSection(report: ReportFigures): Markup {
  const { figures, description, period } = report;
  const top = figures.get("top-items");
  const { risers, fallers } = moversOf(figures.get("movers")?.answer);
  const charts = [
    ...(top === undefined || top.answer.series.length === 0
      ? []
      : [topItems(top.answer, description.sources)]),
    sourcesFigure(report),
    moved("Risers", risers, 0, period.isWeek),
    moved("Fallers", fallers, undefined, period.isWeek),
  ];
  return markup`<section><h2>Items and sources</h2><div class="split">${charts}</div></section>`;
}

function topItems(
  answer: NonNullable<ReturnType<ReportFigures["figures"]["get"]>>["answer"],
  sources: readonly string[],
): Markup {
  const series = sourceTones(answer.series, sources);
  const labels = answer.series[0]!.points.map((point) =>
    "label" in point ? point.label : point.day,
  );
  const bars = labels.map((label): LyingBar => {
    const parts = series.map((source) => ({
      label: source.label,
      tone: source.tone,
      value: source.points.get(label) ?? 0,
    }));
    return { label, parts, figure: whole(parts.reduce((sum, { value }) => sum + value, 0)) };
  });
  const share = answer.value === null ? "" : `, ${percent(answer.value)} of all interactions`;
  const key = series.length > 1 ? markup`<br/>${legend(series)}` : markup``;
  return figure(
    markup`The ${labels.length} items with the most interactions${share}${key}`,
    lyingBars("Items with the most interactions, by source", bars, whole),
  );
}

function moved(
  title: string,
  items: readonly Mover[],
  tone: number | undefined,
  isWeek: boolean,
): Markup {
  if (items.length === 0) return markup``;
  const bars = items.map(({ name, now, before }): LyingBar => ({
    label: name,
    parts: [{ label: "change", tone, value: Math.abs(now - before) }],
    figure: `${whole(before)} → ${whole(now)}`,
  }));
  return figure(
    `${title}: interactions ${isWeek ? "the week before → this week" : "before → in these days"}`,
    lyingBars(title, bars, whole),
  );
}
