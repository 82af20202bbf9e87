import { DefinitionError } from "../error.ts";
import { parseExpression } from "../expression.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { parsePath } from "../path.ts";

/** Runs a check and names the place of what it finds wrong. */
function at<T>(place: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof DefinitionError) throw new DefinitionError(`${place}: ${error.message}`);
    throw error;
  }
}

/** A path that is read. */
export function checkedPath(place: string, path: string): string {
  return at(place, () => parsePath(path)).text;
}

/** A path that is written to: into the data, through objects only. */
export function checkedTarget(place: string, path: string): string {
  const { root, steps, text } = at(place, () => parsePath(path));
  if (root === "context" || steps.some((step) => typeof step === "number")) {
    throw new DefinitionError(`${place}: "${text}" cannot be written to; use $, or $.name.name`);
  }
  return text;
}

/** A payload template whose every expression can be evaluated. */
export function checkedTemplate(place: string, template: JsonObject): JsonObject {
  checkTemplate(place, template);
  return template;
}

/** A whole number that is not below the minimum. */
export function checkedWhole(place: string, value: number, minimum: number): number {
  if (!Number.isInteger(value) || value < minimum) {
    throw new DefinitionError(
      `${place}: must be a whole number of at least ${minimum}, got ${value}`,
    );
  }
  return value;
}

/** The fields that are there. */
export function given(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const entries = Object.entries(fields).filter((entry): entry is [string, Json] => {
    return entry[1] !== undefined;
  });
  return Object.fromEntries(entries);
}

/** Applies a check to a field that may be absent, or `null` where that has a meaning. */
export function optional<T, U>(
  value: T | undefined | null,
  check: (value: T) => U,
): U | undefined | null {
  if (value === undefined) return undefined;
  return value === null ? null : check(value);
}

function checkTemplate(place: string, template: Json): void {
  if (Array.isArray(template)) {
    (template as readonly Json[]).forEach((item, i) => {
      checkTemplate(`${place}[${i}]`, item);
    });
  } else if (isJsonObject(template)) {
    for (const [key, value] of Object.entries(template)) {
      if (!key.endsWith(".$")) checkTemplate(`${place}.${key}`, value);
      else if (typeof value === "string") at(`${place}."${key}"`, () => parseExpression(value));
      else {
        throw new DefinitionError(
          `${place}."${key}": must be a path or a call, got ${JSON.stringify(value)}`,
        );
      }
    }
  }
}
