import { readFileSync } from "node:fs";

import {
  assignmentLayer,
  type ConfigEntry,
  type ConfigLayer,
  environmentLayer,
  jsonLayer,
  type ResolvedConfig,
  resolveConfig,
} from "../schema/index.ts";
import { UsageError } from "./usage-error.ts";

/** The file that is read when it is there. */
export const CONFIG_FILE = "recsys.config.json";

/** The flags that set the configuration. */
export interface ConfigFlags {
  /** `--config`: a file that must be there. */
  readonly config?: string;
  /** `--set`, as often as given. */
  readonly set?: readonly string[];
}

/**
 * The configuration of this run: defaults, then the file, then the environment, then the flags.
 *
 * @param flags - what every command takes
 * @param dedicated - settings that have a flag of their own, such as `--port`
 * @throws ConfigError with every problem there is
 */
export function loadConfiguration(
  flags: ConfigFlags,
  dedicated: readonly ConfigEntry[] = [],
): ResolvedConfig {
  return resolveConfig([
    ...fileLayer(flags.config),
    environmentLayer(process.env),
    assignmentLayer(flags.set ?? [], dedicated),
  ]);
}

function fileLayer(named: string | undefined): ConfigLayer[] {
  const file = named ?? CONFIG_FILE;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isMissing && named === undefined) return [];
    if (isMissing) throw new UsageError(`--config ${file}: there is no such file`);
    throw error;
  }
  return [jsonLayer(file, text.replace(/^\uFEFF/, ""))];
}
