import type { ModelCard } from "../../model/model-file.ts";
import { SETTING_WORDS, type SettingName } from "./setting-words.ts";

type Tried = ModelCard["fits"][number];

/** A fit of the tuning, under a name that tells it from the others. */
export interface Candidate extends Tried {
  readonly label: string;
  /** Did the tuning go on with it? */
  readonly isChosen: boolean;
}

/** The fits of a tuning. */
export interface Trials {
  /** Short fits of a narrow model, in the order tried. */
  readonly race: readonly Candidate[];
  /** Settings in which they differ. */
  readonly differing: readonly SettingName[];
  /** Fits at full width of the race's winner, which differ in their epochs. */
  readonly fits: readonly Candidate[];
}

/** Reads the trials out of a model's card; `undefined` where nothing was tried. */
export function trialsOf({ race, fits }: ModelCard): Trials | undefined {
  const [first] = fits;
  if (first === undefined) return undefined;
  const differing = differingIn(race);
  const winner = race.find(({ settings }) =>
    differing.every((name) => settings[name] === first.settings[name]),
  );
  const best = Math.max(...fits.map(({ ndcg }) => ndcg));
  const chosen = fits.find(({ ndcg }) => ndcg === best);
  return {
    race: race.map((tried) => ({
      ...tried,
      label: raceLabel(tried, race),
      isChosen: tried === winner,
    })),
    differing,
    fits: fits.map((tried) => ({
      ...tried,
      label: `${tried.settings.epochs} epochs`,
      isChosen: tried === chosen,
    })),
  };
}

/**
 * The form of history, the first setting that differs among the candidates of that form, and what else is other than
 * at its start; the rest follows from the form.
 */
function raceLabel({ settings }: Tried, race: readonly Tried[]): string {
  const sameForm = race.filter((other) => other.settings.history === settings.history);
  const start = sameForm[0]!.settings;
  const telling = differingIn(sameForm)
    .filter((name, place) => place === 0 || settings[name] !== start[name])
    .map((name) => `${SETTING_WORDS[name].symbol} ${String(settings[name])}`);
  return [settings.history, ...telling].join(", ");
}

function differingIn(tried: readonly Tried[]): readonly SettingName[] {
  const names = Object.keys(SETTING_WORDS) as SettingName[];
  return names.filter((name) => new Set(tried.map(({ settings }) => settings[name])).size > 1);
}
