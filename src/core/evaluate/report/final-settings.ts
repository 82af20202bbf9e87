import type { ModelCard } from "../../model/model-file.ts";
import { type Markup, markup, table } from "../../../page/index.ts";
import { BRANCH_WORDS, SETTING_WORDS, type SettingName } from "./setting-words.ts";

/** What the model is made with, in words with units. */
export function settingsTable({ settings }: ModelCard): Markup {
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
