import type { ConfigProblem } from "./config-error.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type ConfigEntry, type ConfigLayer, layerOfEntries } from "./layer.ts";
import { SETTINGS } from "./settings.ts";
import { valueOf } from "./written-value.ts";

const PREFIX = "RECSYS_";

/** The variable of a setting: `training.maxEpochs` is `RECSYS_TRAINING__MAX_EPOCHS`. */
export function variableOf(path: readonly string[]): string {
  const words = path.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`));
  return PREFIX + words.join("__").toUpperCase();
}

/**
 * The settings among the environment's variables.
 *
 * A variable with `__` in its name, or nearly named like a setting, must name one. Other `RECSYS_…`
 * variables are left alone, empty ones too: an orchestrator sets such things as `RECSYS_PORT=tcp://…` for a service
 * called recsys.
 */
export function environmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigLayer {
  const settings = new Map(SETTINGS.map((setting) => [variableOf(setting.path), setting]));
  const entries: ConfigEntry[] = [];
  const problems: ConfigProblem[] = [];
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX) || text === undefined || text === "") continue;
    const setting = settings.get(name);
    if (setting !== undefined) {
      entries.push({ path: setting.path, value: valueOf(setting, text), origin: name });
      continue;
    }
    const suggestion = didYouMean(name.slice(PREFIX.length), names(settings.keys()));
    if (suggestion === undefined && !name.includes("__")) continue;
    const hint =
      suggestion === undefined
        ? "levels of a setting are separated by __, as in RECSYS_TRAINING__SEED"
        : `did you mean ${PREFIX}${suggestion}?`;
    problems.push({ origin: name, path: "", problem: `no setting has this variable; ${hint}` });
  }
  return layerOfEntries(entries, problems);
}

/** Without the common start, which would make every two names alike. */
function names(variables: Iterable<string>): readonly string[] {
  return [...variables].map((name) => name.slice(PREFIX.length));
}
