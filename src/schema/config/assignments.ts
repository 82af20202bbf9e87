import type { ConfigProblem } from "./config-error.ts";
import { type ConfigEntry, type ConfigLayer, layerOfEntries } from "./layer.ts";
import { SETTINGS } from "./settings.ts";
import { valueOf } from "./written-value.ts";

/** The settings of flags `--set training.seed=7`, in the order written; `others` win over them. */
export function assignmentLayer(
  assignments: readonly string[],
  others: readonly ConfigEntry[],
): ConfigLayer {
  const entries: ConfigEntry[] = [];
  const problems: ConfigProblem[] = [];
  for (const assignment of assignments) {
    const origin = `--set ${assignment}`;
    const end = assignment.indexOf("=");
    if (end <= 0) {
      const problem = "a setting is given as name=value, such as training.seed=7";
      problems.push({ origin, path: "", problem });
      continue;
    }
    const name = assignment.slice(0, end);
    const setting = SETTINGS.find(({ path }) => path.join(".") === name);
    const value = valueOf(setting, assignment.slice(end + 1));
    entries.push({ path: name.split("."), value, origin });
  }
  return layerOfEntries([...entries, ...others], problems);
}
