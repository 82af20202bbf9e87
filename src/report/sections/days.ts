import { columnChart, figure, legend, markup, type Markup, percentTick } from "../../page/index.ts";
import type { KpiAnswer } from "../../schema/index.ts";
import { axisWords, percent, shortDay, whole } from "../../words/index.ts";
import type { ReportFigures, TrendWeek } from "../figures.ts";
import { sourceTones } from "../source-tones.ts";

/** Day by day, and how the last weeks went. */
export function daysSection(report: ReportFigures): Markup {
  const { figures, before, trend, period } = report;
  const interactions = figures.get("interactions")!.answer;
  const share = figures.get("recsys-share")?.answer;
  const charts = [
    byDay(interactions, report),
    ...(share === undefined || share.value === null
      ? []
      : [shareByDay(share, before?.share, period.isWeek)]),
    ...weeks(trend),
  ];
  const title = trend.length > 1 ? "Day by day, and the last weeks" : "Day by day";
  return markup`<section><h2>${title}</h2><div class="split">${charts}</div></section>`;
}

function byDay(answer: KpiAnswer, { description }: ReportFigures): Markup {
  const series = sourceTones(answer.series, description.sources);
  const places = placesOf(answer);
  const key = series.length > 1 ? markup`<br/>${legend(series)}` : markup``;
  return figure(
    markup`Interactions by source${key}`,
    columnChart({
      title: "Interactions by source, day by day",
      places: placeNames(places),
      series: series.map(({ label, tone, points }) => ({
        label,
        tone,
        values: places.map((place) => points.get(place) ?? 0),
      })),
      arranged: "stacked",
      format: whole,
      tick: (_scale, value) => axisWords("interactions", value),
    }),
  );
}

function shareByDay(now: KpiAnswer, before: KpiAnswer | undefined, isWeek: boolean): Markup {
  const places = placesOf(now);
  const values = (answer: KpiAnswer): (number | null)[] =>
    (answer.series[0]?.points ?? []).map(({ value }) => value);
  const series = [
    ...(before === undefined
      ? []
      : [
          {
            label: isWeek ? "the week before" : "as many days before",
            tone: undefined,
            values: values(before),
          },
        ]),
    { label: isWeek ? "this week" : "these days", tone: 0, values: values(now) },
  ];
  return figure(
    markup`Share of interactions through recommendations<br/>${legend(series)}`,
    columnChart({
      title: "Share of interactions through recommendations, day by day",
      places: placeNames(places),
      series,
      arranged: "beside",
      format: percent,
      tick: percentTick,
    }),
  );
}

/** A week's bars say more beside those of the weeks before. */
function weeks(trend: readonly TrendWeek[]): Markup[] {
  if (trend.length < 2) return [];
  const places = trend.map(({ from }) => shortDay(from));
  const hasShare = trend.some(({ recsysShare }) => recsysShare !== null);
  const chart = (
    caption: string,
    values: readonly (number | null)[],
    look: Pick<Parameters<typeof columnChart>[0], "format" | "tick">,
  ): Markup =>
    figure(
      markup`${caption}, by week from Monday`,
      columnChart({
        title: `${caption}, by week`,
        places,
        series: [{ label: caption, tone: 0, values }],
        arranged: "beside",
        ...look,
      }),
    );
  return [
    chart(
      "Interactions",
      trend.map(({ interactions }) => interactions),
      { format: whole, tick: (_scale, value) => axisWords("interactions", value) },
    ),
    ...(hasShare
      ? [
          chart(
            "Share through recommendations",
            trend.map(({ recsysShare }) => recsysShare),
            { format: percent, tick: percentTick },
          ),
        ]
      : []),
  ];
}

function placesOf({ series }: KpiAnswer): readonly string[] {
  const days = series.flatMap(({ points }) =>
    points.map((point) => ("day" in point ? point.day : "")),
  );
  return [...new Set(days)].sort();
}

/** More names than this run into each other. */
const MOST_NAMES = 8;

function placeNames(days: readonly string[]): readonly string[] {
  const step = Math.ceil(days.length / MOST_NAMES);
  return days.map((day, place) => (place % step === 0 ? shortDay(day) : ""));
}
