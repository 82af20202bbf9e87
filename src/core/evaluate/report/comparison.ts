import type { Evaluation, ScorerEvaluation } from "../../../schema/index.ts";
import { type Markup, figure, lineChart, markup, table } from "../../../page/index.ts";
import { rangeAxis, rangeRow, rangeScale } from "./charts/range-row.ts";
import { decimals } from "./numbers.ts";
import { gateLength, leadOver, standings } from "./standings.ts";
import { differencesTable, estimateCell, leadCell, metricsTable } from "./tables.ts";

/** All scorers by the gate's metric, the model's paired leads, and the metrics as the list grows. */
export function comparisonSection(evaluation: Evaluation): Markup {
  const { gate, scorers } = evaluation;
  return markup`<section><h2>Does it rank better than simpler ways?</h2><p class="quiet">Best first. Bars show ${gate.metric}
 with 95 % intervals. Whether a difference is more than chance, the lead tells, not the bars: it compares user by user.</p>${standingsTable(
   evaluation,
 )}<div class="split">${overLength(evaluation, "ndcg")}${overLength(evaluation, "recall")}</div><details><summary>Every metric at every
 length</summary>${metricsTable(evaluation)}${
   scorers.length === 1
     ? markup``
     : markup`<h3>The model's lead, paired by user</h3>${differencesTable(evaluation)}`
 }</details></section>`;
}

function standingsTable(evaluation: Evaluation): Markup {
  const { gate } = evaluation;
  const k = gateLength(evaluation);
  const others = [`recall@${k}`, `hitRate@${k}`].filter((name) => name !== gate.metric);
  const { order } = standings(evaluation);
  const scale = rangeScale(order.flatMap(({ metrics }) => metrics[gate.metric] ?? []));
  const rows = order.map(({ metrics, name, role }) => {
    const estimate = metrics[gate.metric];
    const isModel = role === "model";
    const marks =
      estimate === undefined
        ? []
        : [{ estimate, shape: "bar", tone: isModel ? "main" : "other" } as const];
    return markup`<tr class="${isModel ? "strong" : ""}"><td>${name}<small>${ROLES[role]}</small></td><td
 class="chart">${rangeRow(scale, marks)}</td>${estimateCell(estimate)}${leadCell(
   isModel ? undefined : leadOver(evaluation, name, gate.metric),
 )}${others.map((other) => estimateCell(metrics[other]))}</tr>`;
  });
  return table(
    ["scorer", rangeAxis(scale), gate.metric, "model's lead", ...others],
    rows,
    "last-optional",
  );
}

const ROLES: Readonly<Record<ScorerEvaluation["role"], string>> = {
  model: "evaluated here",
  served: "served now, fitted anew",
  baseline: "baseline",
};

function overLength({ scorers, ks }: Evaluation, metric: string): Markup {
  const lines = scorers.map(({ name, role, metrics }) => ({
    label: name,
    isMain: role === "model",
    values: ks.flatMap((k) => metrics[`${metric}@${k}`]?.value ?? []),
  }));
  return figure(
    `${metric}@k by length of the list`,
    lineChart({
      title: `${metric} by length of the list`,
      places: ks.map(String),
      across: "k, items in the list",
      lines,
      from: "zero",
      format: decimals,
    }),
  );
}
