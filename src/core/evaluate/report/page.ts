import type { Evaluation } from "../../../schema/index.ts";
import type { ModelCard } from "../../model/model-file.ts";
import { calibrationSection } from "./calibration.ts";
import { trialsOf } from "./candidates.ts";
import { comparisonSection } from "./comparison.ts";
import { examplesSection } from "./examples.ts";
import { glossary } from "./glossary.ts";
import { learningSection } from "./learning.ts";
import { Markup, markup } from "../../../page/index.ts";
import { popularityBiasSection } from "./popularity-bias.ts";
import { slicesSection } from "./slices.ts";
import { STYLE } from "./style.ts";
import { tiles } from "./tiles.ts";
import { tuningSection } from "./tuning.ts";
import { uncertaintySection } from "./uncertainty.ts";
import { verdict } from "./verdict.ts";

/**
 * The evaluation as one page for people: no script, no request, readable on paper.
 *
 * @param evaluation - what `metrics.json` holds
 * @param card - what `model.json` holds
 * @param execution - name of the execution
 */
export function reportPage(evaluation: Evaluation, card: ModelCard, execution: string): string {
  const trials = trialsOf(card);
  const { calibration, counts } = evaluation;
  const measured =
    counts.evaluatedUsers === 0
      ? markup`<section><p>No user has a held-out relevant item: there is nothing to measure.</p></section>`
      : markup`${tiles(evaluation)}${comparisonSection(evaluation)}${slicesSection(evaluation)}${
          calibration === null ? markup`` : calibrationSection(calibration)
        }${examplesSection(evaluation)}${popularityBiasSection(evaluation)}`;
  const made =
    trials === undefined
      ? markup``
      : markup`${learningSection(trials)}${tuningSection(card, trials)}`;
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluation ${execution}</title><style>${new Markup(STYLE)}</style></head><body><main>
${verdict(evaluation, execution)}
${measured}
${made}
${counts.evaluatedUsers === 0 ? markup`` : uncertaintySection(evaluation, card)}
${glossary(evaluation)}
</main></body></html>
`.text;
}
