import type { ModelCard } from "../../model/model-file.ts";
import { blendTable } from "./blend-steps.ts";
import type { Trials } from "./candidates.ts";
import { point, pointScale, rangeAxis, rangeRow } from "./charts/range-row.ts";
import { type Markup, markup } from "./markup.ts";
import { columnPercent, decimals, exact, signed, whole } from "./numbers.ts";
import { BRANCH_WORDS, SETTING_WORDS, type SettingName } from "./setting-words.ts";
import { table } from "./tables.ts";

/** What was tried, why the choice fell, and what the model is made with. */
export function tuningSection(card: ModelCard, trials: Trials): Markup {
  return markup`<section><h2>What was tuned, and why the choice fell</h2>${why(trials, card.blends)}${candidatesTable(trials)}${blendTable(
    card.blends,
  )}<h3>Final settings</h3>${settingsTable(card)}</section>`;
}

function why({ race, search }: Trials, blends: ModelCard["blends"]): Markup {
  const chosen = race.find(({ isChosen }) => isChosen);
  if (chosen === undefined) return markup``;
  const rivals = race.filter((candidate) => candidate !== chosen);
  const next = [...rivals].sort((a, b) => b.ndcg - a.ndcg)[0];
  const lead =
    next === undefined || next.ndcg === 0
      ? ""
      : `, ${signed(chosen.ndcg / next.ndcg - 1, columnPercent)} against the next best, ${next.label}`;
  const [first, last] = [blends[0], blends.at(-1)];
  const raised =
    first === undefined || last === undefined || blends.length === 1
      ? ""
      : `, and the blend raised it from ${decimals(first.ndcg)} to ${decimals(last.ndcg)}`;
  return markup`<p>${race.length} candidates ran a race of short fits at a narrow width. <b>${chosen.label}</b> went on with NDCG@10
 ${exact(chosen.ndcg, decimals)} on validation rows${lead}. The search then trained it at full width for ${search.curve.length} epochs${raised}.</p>`;
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
    "",
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

function settingsTable({ settings }: ModelCard): Markup {
  const { popularityPrior, branches } = settings.blend;
  const names = (Object.keys(SETTING_WORDS) as SettingName[]).filter(
    (name) => (SETTING_WORDS[name].only ?? settings.history) === settings.history,
  );
  const rows: readonly (readonly [string, string, string])[] = [
    ...names.map((name) => {
      const { name: called, says, does } = SETTING_WORDS[name];
      return [called, says(settings), does] as const;
    }),
    [
      "Popularity prior β",
      String(popularityPrior),
      "weight of log(1 + popularity) in the score; 0 leaves popularity out",
    ],
    ...Object.entries(BRANCH_WORDS).map(([branch, { name, does }]) => {
      const weight = branches[branch as keyof typeof branches];
      return [
        `Weight of ${name.toLowerCase()}`,
        weight === 0 ? "0, left out" : String(weight),
        does,
      ] as const;
    }),
  ];
  return table(
    ["setting", "value", "what it does"],
    rows.map(
      ([name, value, does]) =>
        markup`<tr><td>${name}</td><td>${value}</td><td class="words">${does}</td></tr>`,
    ),
    "words",
  );
}
