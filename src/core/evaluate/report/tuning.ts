import type { ModelCard } from "../../model/model-file.ts";
import { blendTable } from "./blend-steps.ts";
import type { Candidate, Trials } from "./candidates.ts";
import { point, pointScale, rangeAxis, rangeRow } from "./charts/range-row.ts";
import { settingsTable } from "./final-settings.ts";
import { type Markup, markup, table } from "../../../page/index.ts";
import { columnPercent, decimals, exact, signed, whole } from "./numbers.ts";
import { SETTING_WORDS } from "./setting-words.ts";

/** What was tried, why the choice fell, and what the model is made with. */
export function tuningSection(card: ModelCard, trials: Trials): Markup {
  return markup`<section><h2>What was tuned, and why the choice fell</h2>${why(trials, card.blends)}${theBudget(card)}${candidatesTable(trials)}${blendTable(
    card.blends,
  )}<h3>Final settings</h3>${settingsTable(card)}</section>`;
}

function why({ race, fits }: Trials, blends: ModelCard["blends"]): Markup {
  return markup`<p>${whyTheSettings(race)}${whyTheEpochs(fits)}${whatTheBlendAdded(blends)}</p>`;
}

function theBudget({ budget }: ModelCard): Markup {
  if (budget === undefined) return markup``;
  const planned = decimals(budget.plannedSeconds / 60);
  const effect = budget.isCapping
    ? "fewer steps were taken than without it"
    : "nothing had to be left out for it";
  return markup`<p>Training was given ${String(budget.minutes)} minutes; by the fixed model of the cost tuning and fits take ${planned} of them, and ${effect}.</p>`;
}

function whyTheSettings(race: readonly Candidate[]): Markup {
  const chosen = race.find(({ isChosen }) => isChosen);
  if (chosen === undefined) return markup``;
  const [next] = race.filter((other) => other !== chosen).sort((a, b) => b.ndcg - a.ndcg);
  const lead =
    next === undefined || next.ndcg === 0
      ? ""
      : `, ${signed(chosen.ndcg / next.ndcg - 1, columnPercent)} against the best of the others, ${next.label}`;
  return markup`${race.length} candidates ran a race of short fits at a narrow width. <b>${chosen.label}</b> went on to full width with NDCG@10
 ${exact(chosen.ndcg, decimals)} on validation rows${lead}; a start is left only for a clear gain. `;
}

function whyTheEpochs(fits: readonly Candidate[]): Markup {
  const chosen = fits.find(({ isChosen }) => isChosen);
  if (chosen === undefined) return markup``;
  const tried = fits
    .map(({ settings }) => settings.epochs)
    .join(", ")
    .replace(/, (\d+)$/, " and $1");
  const words = fits.length === 1 ? "One fit" : `${fits.length} fits`;
  return markup`${words} at full width took ${tried} epochs; ${chosen.label} did best, with NDCG@10 ${exact(
    chosen.ndcg,
    decimals,
  )}. `;
}

function whatTheBlendAdded(blends: ModelCard["blends"]): Markup {
  const [first, last] = [blends[0], blends.at(-1)];
  if (first === undefined || last === undefined || blends.length === 1) return markup``;
  return markup`The blend raised it from ${exact(first.ndcg, decimals)} to ${exact(last.ndcg, decimals)}.`;
}

function candidatesTable({ race, differing }: Trials): Markup {
  if (race.length === 0) return markup``;
  const order = [...race].sort((a, b) => b.ndcg - a.ndcg);
  const scale = pointScale(race.map(({ ndcg }) => ndcg));
  const rows = order.map(
    ({ settings, ndcg, curve, isChosen }) =>
      markup`<tr class="${isChosen ? "strong" : ""}">${differing.map(
        (name) => markup`<td>${shownValue(settings[name])}</td>`,
      )}<td>${curve.length}</td><td class="chart">${rangeRow(scale, [point(ndcg, isChosen)])}</td><td>${exact(ndcg, decimals)}</td><td class="relation">${isChosen ? "went on" : ""}</td></tr>`,
  );
  const head = [
    ...differing.map((name) => SETTING_WORDS[name].symbol),
    "epochs run",
    rangeAxis(scale),
    "NDCG@10",
    "outcome",
  ];
  const legend = differing
    .filter((name) => SETTING_WORDS[name].symbol.length === 1)
    .map((name) => `${SETTING_WORDS[name].name}: ${SETTING_WORDS[name].does}`);
  return markup`<h3>Candidates of the race, best first; only what differs is shown</h3>${table(head, rows)}${
    legend.length === 0 ? markup`` : markup`<p class="quiet note">${legend.join(" · ")}</p>`
  }`;
}

function shownValue(value: string | number | boolean): string {
  return typeof value === "boolean"
    ? value
      ? "yes"
      : "no"
    : Number.isInteger(value)
      ? whole(Number(value))
      : String(value);
}
