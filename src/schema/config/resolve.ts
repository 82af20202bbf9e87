import type { z } from "zod";

import { RecSysConfig } from "./config.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type ConfigLayer, type ConfigObject, isConfigObject } from "./layer.ts";
import { expectationAt, keysAt, SETTINGS } from "./settings.ts";

/** A complete configuration, and where each setting came from. */
export interface ResolvedConfig {
  readonly config: RecSysConfig;
  /** `training.seed` → `RECSYS_TRAINING__SEED`; settings left at their default are absent. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Lays the layers over the defaults; a later layer wins, setting by setting.
 *
 * Each layer is checked by itself, so a mistake is reported even where a later layer would hide it.
 *
 * @throws ConfigError with every problem of every layer
 */
export function resolveConfig(layers: readonly ConfigLayer[]): ResolvedConfig {
  const problems = layers.flatMap((layer) => [...layer.problems, ...problemsOf(layer)]);
  if (problems.length > 0) throw new ConfigError(problems);
  const merged = layers.map((layer) => layer.input).reduce(merge, {});
  const origins = new Map<string, string>();
  for (const { path } of SETTINGS) {
    const layer = layers.findLast(({ input }) => valueAt(input, path) !== undefined);
    if (layer !== undefined) origins.set(path.join("."), layer.originOf(path));
  }
  return { config: RecSysConfig.parse(merged), origins };
}

function problemsOf(layer: ConfigLayer): ConfigProblem[] {
  const result = RecSysConfig.safeParse(layer.input, { reportInput: true });
  if (result.success) return [];
  const problems = result.error.issues.flatMap((issue) => explain(issue, layer));
  // Two wrong elements of one list are one problem of the list.
  return problems.filter(
    ({ problem }, index) => problems.findIndex((other) => other.problem === problem) === index,
  );
}

function explain(issue: z.core.$ZodIssue, layer: ConfigLayer): ConfigProblem[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownSetting([...path, key], layer.originOf([...path, key])));
  }
  const setting = SETTINGS.find(({ path: names }) => names.every((name, i) => path[i] === name));
  const place = setting?.path ?? path;
  const name = place.join(".") || "the configuration";
  const expected = issue.code === "invalid_format" ? issue.message : expectationAt(place);
  const got = shown(valueAt(layer.input, place));
  return [
    {
      origin: layer.originOf(path),
      path: place.join("."),
      problem: `${name} must be ${expected ?? issue.message}, got ${got}`,
    },
  ];
}

/** The problem of a name that the schema does not have. */
export function unknownSetting(path: readonly string[], origin: string): ConfigProblem {
  const name = path.join(".");
  const parent = path.slice(0, -1);
  const last = path.at(-1) ?? "";
  const sibling = didYouMean(last, keysAt(parent));
  const suggestion =
    sibling === undefined
      ? (didYouMean(name, everyName()) ?? sameNameElsewhere(last))
      : [...parent, sibling].join(".");
  const hint =
    suggestion === undefined
      ? `known here: ${keysAt(parent).join(", ") || keysAt([]).join(", ")}`
      : `did you mean ${suggestion}?`;
  return { origin, path: name, problem: `${name} is not a setting; ${hint}` };
}

function everyName(): readonly string[] {
  return SETTINGS.map(({ path }) => path.join("."));
}

function sameNameElsewhere(last: string): string | undefined {
  const match = didYouMean(last, [...new Set(SETTINGS.map(({ path }) => path.at(-1) ?? ""))]);
  return SETTINGS.find(({ path }) => path.at(-1) === match)?.path.join(".");
}

/** The value at a path, `undefined` where there is none. */
export function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isConfigObject(value) ? value[name] : undefined),
    input,
  );
}

function merge(below: unknown, above: unknown): unknown {
  if (!isConfigObject(below) || !isConfigObject(above)) return above;
  const merged: ConfigObject = { ...below };
  for (const [name, value] of Object.entries(above)) {
    merged[name] = merge(merged[name], value);
  }
  return merged;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return "nothing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
