import type { CalibrationEvaluation, CalibrationGroup, Evaluation } from "../../../schema/index.ts";
import { intervalBars } from "./charts/interval-bars.ts";
import { lineChart } from "./charts/lines.ts";
import { pairedBars } from "./charts/paired-bars.ts";
import { reliabilityDiagram } from "./charts/reliability-diagram.ts";
import { type Markup, markup } from "./markup.ts";
import { decimals, percent } from "./numbers.ts";
import { differencesTable, slicesTable } from "./tables.ts";

/** The gate's metric of every scorer, and the metrics as the list grows. */
export function comparisonSection(evaluation: Evaluation): Markup {
  const { scorers, gate, ks } = evaluation;
  const bars = scorers.flatMap(({ name, role, metrics }) => {
    const estimate = metrics[gate.metric];
    return estimate === undefined ? [] : [{ label: name, estimate, isMain: role === "model" }];
  });
  const overK = (metric: string) =>
    figure(
      `${metric}@k by length of the list`,
      lineChart(
        `${metric} by list length`,
        ks.map((k) => `k = ${k}`),
        scorers.map(({ name, role, metrics }) => ({
          label: name,
          isMain: role === "model",
          values: ks.map((k) => metrics[`${metric}@${k}`]!.value),
        })),
      ),
    );
  return markup`<section><h2>Does it rank better than the simple ways?</h2><p class="quiet">Bars that
 overlap in their intervals may still differ: the table below compares user by user.</p>${figure(
   `${gate.metric}, with 95 % intervals`,
   intervalBars(`${gate.metric} by scorer`, bars, decimals),
 )}<div class="split">${overK("ndcg")}${overK("recall")}</div><h3>The model's lead, paired by user</h3>${differencesTable(evaluation, [Number(gate.metric.split("@")[1])])}</section>`;
}

/** Promised against observed. */
export function calibrationSection(calibration: CalibrationEvaluation): Markup {
  const { groups, reliability, k, event } = calibration;
  const named: readonly (readonly [string, CalibrationGroup | null])[] = [
    ["all users", groups.all],
    ["low activity", groups.low],
    ["middle", groups.middle],
    ["high", groups.high],
  ];
  const pairs = named.flatMap(([label, group]) =>
    group === null ? [] : [{ label, first: group.predicted, second: group.observed }],
  );
  if (pairs.length === 0) return markup``;
  return markup`<section><h2>Does the probability keep its promise?</h2><p class="quiet">Event: ${event}
 (${calibration.horizon.toFixed(1)} interactions per user). Judged on the novel top ${k} of every user with training history, those without a hit included.
 Expected calibration error: ${reliability.expectedCalibrationError.toFixed(4)}.</p><div class="split"><figure><figcaption>Mean
 over the lists<span class="key main"></span>predicted<span class="key other"></span>observed</figcaption>${pairedBars(
   "Predicted and observed by activity",
   pairs,
   percent,
 )}</figure>${figure(
   "Reliability: ten bins of equally many pairs; dashed is perfect",
   reliabilityDiagram(reliability.bins),
   "narrow",
 )}</div></section>`;
}

/** Who is served well, and who is not. */
export function slicesSection(evaluation: Evaluation): Markup {
  return markup`<section><h2>Who is served well, and who is not?</h2><p class="quiet">${
    evaluation.gate.metric
  } over parts of the users, or counting only some of the items as relevant.</p>${slicesTable(
    evaluation,
  )}</section>`;
}

function figure(caption: string, chart: Markup, width: "wide" | "narrow" = "wide"): Markup {
  return markup`<figure class="${width}"><figcaption>${caption}</figcaption>${chart}</figure>`;
}
