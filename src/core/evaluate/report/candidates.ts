import type { ModelCard } from "../../model/model-file.ts";
import type { ModelSettings } from "../../model/settings.ts";
import { SETTING_WORDS, type SettingName } from "./setting-words.ts";

/** A trial of the tuning, under a name that tells it from the others. */
export interface Candidate {
  readonly label: string;
  readonly settings: ModelSettings;
  readonly ndcg: number;
  readonly curve: ModelCard["candidates"][number]["curve"];
  /** Did the search go on with its settings? */
  readonly isChosen: boolean;
}

/** The trials of a tuning. */
export interface Trials {
  /** The search at full width, which the winner of the race entered. */
  readonly search: Candidate;
  /** Short fits in the order they were tried. */
  readonly race: readonly Candidate[];
  /** Settings in which the race's candidates differ. */
  readonly differing: readonly SettingName[];
}

/** Reads the trials out of a model's card; `undefined` where nothing was tried. */
export function trialsOf({ candidates }: ModelCard): Trials | undefined {
  const [first, ...rest] = candidates;
  if (first === undefined) return undefined;
  const names = Object.keys(SETTING_WORDS) as SettingName[];
  const differing = names.filter((name) => valuesOf(rest, name) > 1);
  const forms = new Set(rest.map(({ settings }) => settings.history));
  /** Beside the form, what differs within a form; the rest follows from the form. */
  const telling = differing.filter((name) =>
    [...forms].some(
      (form) =>
        valuesOf(
          rest.filter(({ settings }) => settings.history === form),
          name,
        ) > 1,
    ),
  );
  const shown = forms.size > 1 ? (["history", ...telling] as const) : telling;
  const label = ({ settings }: { settings: ModelSettings }) =>
    shown
      .map((name) =>
        name === "history"
          ? settings.history
          : `${SETTING_WORDS[name].symbol} ${String(settings[name])}`,
      )
      .join(", ");
  const chosen = rest
    .filter(({ settings }) => shown.every((name) => settings[name] === first.settings[name]))
    .reduce<(typeof rest)[number] | undefined>(
      (best, next) => (best === undefined || next.ndcg > best.ndcg ? next : best),
      undefined,
    );
  return {
    search: { ...first, label: "search", isChosen: true },
    race: rest.map((candidate) => ({
      ...candidate,
      label: label(candidate) || candidate.settings.history,
      isChosen: candidate === chosen,
    })),
    differing,
  };
}

function valuesOf(
  candidates: readonly { readonly settings: ModelSettings }[],
  name: SettingName,
): number {
  return new Set(candidates.map(({ settings }) => settings[name])).size;
}
