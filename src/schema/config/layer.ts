import type { ConfigProblem } from "./config-error.ts";

/** Settings from one place: the file, the environment, the flags. */
export interface ConfigLayer {
  /** The settings as a nested object; not yet checked. */
  readonly input: unknown;
  /** Where the value at a path was written, or the nearest thing around it that was. */
  readonly originOf: (path: readonly string[]) => string;
  /** What was wrong with the writing itself, before any setting was looked at. */
  readonly problems: readonly ConfigProblem[];
}

/** A setting that was written by itself, as `training.seed=7`. */
export interface ConfigEntry {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly origin: string;
}

/** A layer of entries; of two for one path the later counts. */
export function layerOfEntries(
  entries: readonly ConfigEntry[],
  problems: readonly ConfigProblem[],
): ConfigLayer {
  const input: ConfigObject = Object.create(null) as ConfigObject;
  const origins = new Map<string, string>();
  for (const { path, value, origin } of entries) {
    setAt(input, path, value);
    origins.set(path.join("."), origin);
  }
  return { input, originOf: (path) => nearest(origins, path), problems };
}

/** The entry of the longest start of `path`; failing that, one below `path`. */
export function nearest(origins: ReadonlyMap<string, string>, path: readonly string[]): string {
  for (let length = path.length; length >= 0; length--) {
    const origin = origins.get(path.slice(0, length).join("."));
    if (origin !== undefined) return origin;
  }
  const below = `${path.join(".")}.`;
  return [...origins].find(([name]) => name.startsWith(below))?.[1] ?? "configuration";
}

/** A part of a configuration that may hold anything; without a prototype, so `__proto__` is a name like any other. */
export type ConfigObject = Record<string, unknown>;

/** Can a value have parts that are named? */
export function isConfigObject(value: unknown): value is ConfigObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Puts a value at a path, making the objects on the way. */
function setAt(object: ConfigObject, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    object[name] = value;
    return;
  }
  const next = isConfigObject(object[name]) ? object[name] : (Object.create(null) as ConfigObject);
  object[name] = next;
  setAt(next, rest, value);
}
