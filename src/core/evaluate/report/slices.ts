import type { Estimate, Evaluation, Slice } from "../../../schema/index.ts";
import { rangeAxis, rangeRow, rangeScale } from "./charts/range-row.ts";
import { type Markup, markup, table } from "../../../page/index.ts";
import { exact, whole } from "./numbers.ts";
import { standings } from "./standings.ts";
import { estimateCell, leadCell } from "./tables.ts";

/** A slice of fewer users than this says little. */
export const FEW_USERS = 100;

/** Who is served well, and who is not: the model and the best baseline in every slice. */
export function slicesSection(evaluation: Evaluation): Markup {
  const { gate, slices, scorers } = evaluation;
  const rival = standings(evaluation).bestBaseline?.name;
  return markup`<section><h2>Who is served well, and who is not?</h2><p class="quiet">${gate.metric} over parts of the users, and
 counting only some of the items as relevant. <span class="key main"></span>model${
   rival === undefined ? "" : markup`<span class="key other"></span>${rival}, the best baseline`
 }, with 95 % intervals; the lead is paired. Slices of fewer than ${FEW_USERS} users are marked <span class="warn">few users</span>.</p>${glance(
   evaluation,
   rival,
 )}<details><summary>Every scorer in every slice</summary>${table(
   ["slice", ...scorers.map(({ name }) => name)],
   slices.map(
     (slice) =>
       markup`<tr><td>${slice.name}</td>${slice.scorers.map(({ metrics }) => estimateCell(metrics[gate.metric]))}</tr>`,
   ),
 )}</details></section>`;
}

function glance({ slices, gate }: Evaluation, rival: string | undefined): Markup {
  const of = (slice: Slice, name: string | undefined) =>
    slice.scorers.find((scorer) => scorer.name === name)?.metrics[gate.metric];
  const modelOf = (slice: Slice) => slice.scorers[0]?.metrics[gate.metric];
  const scale = rangeScale(
    slices.flatMap((slice) => [...estimates(modelOf(slice)), ...estimates(of(slice, rival))]),
  );
  const rows = slices.map((slice, s) => {
    const [mine, theirs] = [modelOf(slice), of(slice, rival)];
    const lead = slice.differences.find(({ against }) => against === rival)?.metrics[gate.metric];
    const marks = [
      ...estimates(theirs).map((estimate) => ({ estimate, shape: "dot", tone: "other" }) as const),
      ...estimates(mine).map((estimate) => ({ estimate, shape: "dot", tone: "main" }) as const),
    ];
    const starts = s > 0 && slices[s - 1]!.of !== slice.of;
    return markup`<tr class="${starts ? "starts" : ""}"><td class="words">${slice.name}<small>${slice.description}</small></td><td>${exact(
      slice.users,
      whole,
    )}${
      slice.users > 0 && slice.users < FEW_USERS
        ? markup`<small class="warn">few users</small>`
        : markup``
    }</td><td class="chart">${rangeRow(scale, marks)}</td>${estimateCell(mine)}${estimateCell(
      theirs,
    )}${leadCell(lead)}</tr>`;
  });
  return table(
    ["slice", "users", rangeAxis(scale), "model", rival ?? "baseline", "model's lead"],
    rows,
  );
}

function estimates(estimate: Estimate | undefined): readonly Estimate[] {
  return estimate === undefined ? [] : [estimate];
}
