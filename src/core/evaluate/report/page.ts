import type { Evaluation } from "../../../schema/index.ts";
import { Markup, markup } from "./markup.ts";
import { calibrationSection, comparisonSection, slicesSection } from "./sections.ts";
import { STYLE } from "./style.ts";
import { provenance, tiles, verdict } from "./summary.ts";
import { differencesTable, listsTable, metricsTable } from "./tables.ts";

/**
 * The evaluation as one page for people: no script, no request, readable on paper.
 *
 * @param evaluation - what `metrics.json` holds
 * @param execution - name of the execution
 */
export function reportPage(evaluation: Evaluation, execution: string): string {
  const { gate, calibration, definitions, counts } = evaluation;
  const body =
    counts.evaluatedUsers === 0
      ? markup`<section><p>No user has a held-out relevant item: there is nothing to measure.</p></section>`
      : markup`${tiles(evaluation)}${comparisonSection(evaluation)}${
          calibration === null ? "" : calibrationSection(calibration)
        }${slicesSection(evaluation)}<section><h2>Every metric</h2>${metricsTable(evaluation)}<h3>The model's lead, paired by user</h3>${differencesTable(evaluation, evaluation.ks)}</section><section><h2>What the lists are like</h2>${listsTable(evaluation)}</section>`;
  const terms = Object.entries(definitions).map(
    ([name, words]) => markup`<dt>${name}@k</dt><dd>${words}</dd>`,
  );
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluation ${execution}</title><style>${new Markup(STYLE)}</style></head><body><main>
<header><h1>Evaluation of ${execution}</h1><span class="badge ${gate.selected ? "good" : "bad"}">${
    gate.selected ? "selected" : "rejected"
  }</span><span class="quiet">${provenance(evaluation)}</span></header>
${verdict(evaluation)}${body}
<section><h2>What the words mean</h2><p class="quiet">A ranking metric is a mean over the ${
    counts.evaluatedUsers
  } users with at least one relevant item; relevant are the ${counts.relevant} held-out positives.</p><dl>${terms}</dl></section>
</main></body></html>
`.text;
}
