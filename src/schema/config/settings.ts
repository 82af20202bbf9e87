import { z } from "zod";

import { RecSysConfig } from "./config.ts";

/** One value of the configuration that can be set. */
export interface Setting {
  /** Its place, such as `["training", "seed"]`. */
  readonly path: readonly string[];
  /** Its name for people: "Instance type". */
  readonly label: string;
  /** What it means, in a sentence or two. */
  readonly description: string;
  readonly kind: "text" | "integer" | "number" | "boolean" | "choice" | "list";
  /** Of a choice. */
  readonly choices: readonly string[] | undefined;
  /** Text is taken as it is written; everything else is written as JSON. */
  readonly isText: boolean;
  /** What it may be, in words: "a whole number from 1 to 64". */
  readonly expectation: string;
  /** `undefined` when there is none. */
  readonly defaultValue: unknown;
}

/** Every setting, in the order of the schema. */
export const SETTINGS: readonly Setting[] = settingsUnder(RecSysConfig, []);

/**
 * What may stand at a path, in words; an element of a list is described by its list.
 *
 * @returns `undefined` if nothing in the schema is called that
 */
export function expectationAt(path: readonly string[]): string | undefined {
  const setting = SETTINGS.find((candidate) => startsWith(path, candidate.path));
  if (setting !== undefined) return setting.expectation;
  const keys = keysAt(path);
  return keys.length === 0 ? undefined : `an object with any of ${keys.join(", ")}`;
}

/** The names that may follow a path: the sections and settings directly below it. */
export function keysAt(path: readonly string[]): readonly string[] {
  const below = SETTINGS.filter((setting) => startsWith(setting.path, path));
  return [...new Set(below.flatMap((setting) => setting.path.slice(path.length, path.length + 1)))];
}

/** Does `path` lie at or below `start`? */
export function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((name, level) => path[level] === name);
}

function settingsUnder(schema: z.core.$ZodType, path: readonly string[]): Setting[] {
  const type = unwrapped(schema);
  if (type instanceof z.ZodObject) {
    return Object.entries<z.core.$ZodType>(type.shape).flatMap(([name, part]) =>
      settingsUnder(part, [...path, name]),
    );
  }
  const json = z.toJSONSchema(schema);
  return [
    {
      path,
      label: json.title ?? path.join("."),
      description: json.description ?? "",
      kind: kindOf(json),
      choices: json.enum?.map(String),
      isText: type instanceof z.ZodString || type instanceof z.ZodEnum,
      expectation: inWords(json),
      defaultValue: json.default,
    },
  ];
}

function kindOf(json: z.core.JSONSchema.BaseSchema): Setting["kind"] {
  if (json.enum !== undefined) return "choice";
  if (json.type === "integer" || json.type === "number" || json.type === "boolean")
    return json.type;
  return json.type === "array" ? "list" : "text";
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional
    ? unwrapped(schema.unwrap())
    : schema;
}

function inWords(json: z.core.JSONSchema.BaseSchema): string {
  if (json.enum !== undefined) return json.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (json.type === "integer") return `a whole number${bounds(json)}`;
  if (json.type === "number") return `a number${bounds(json)}`;
  if (json.type === "boolean") return "true or false";
  if (json.type === "array") {
    const items = typeof json.items === "object" && !Array.isArray(json.items) ? json.items : {};
    return `a list, each element ${inWords(items)}${json.minItems === 1 ? ", with at least one" : ""}`;
  }
  return json.minLength === 1 ? "text, not empty" : "text";
}

function bounds(json: z.core.JSONSchema.BaseSchema): string {
  const lowest = json.minimum === Number.MIN_SAFE_INTEGER ? undefined : json.minimum;
  const highest = json.maximum === Number.MAX_SAFE_INTEGER ? undefined : json.maximum;
  const parts = [
    json.exclusiveMinimum !== undefined ? ` above ${json.exclusiveMinimum}` : "",
    lowest !== undefined && highest !== undefined ? ` from ${lowest} to ${highest}` : "",
    lowest !== undefined && highest === undefined ? ` of at least ${lowest}` : "",
    lowest === undefined && highest !== undefined ? ` of at most ${highest}` : "",
    json.multipleOf !== undefined ? `, a multiple of ${json.multipleOf}` : "",
  ];
  return parts.join("");
}
