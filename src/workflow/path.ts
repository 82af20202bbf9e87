import { DefinitionError, runtimeError, WorkflowError } from "./error.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** A reference path: one place in a document, such as `$.shards[0].rows` or `$$.Execution.Name`. */
export interface Path {
  readonly text: string;
  /** `$` is the state's data, `$$` the context object. */
  readonly root: "data" | "context";
  readonly steps: readonly (string | number)[];
}

/** What paths are read from. */
export interface Documents {
  readonly data: Json;
  readonly context: JsonObject;
}

const STEP = /\.([A-Za-z_][A-Za-z0-9_]*)|\['([^'\\]+)'\]|\[(0|[1-9][0-9]*)\]/y;

/** The parts of the context object that both AWS and this engine fill in. */
const CONTEXT = [
  ["Execution", "Name"],
  ["Execution", "Input"],
  ["Execution", "StartTime"],
  ["Execution", "RedriveCount"],
  ["State", "RetryCount"],
  ["Map", "Item", "Index"],
  ["Map", "Item", "Value"],
];

/** @throws DefinitionError if the text is not a reference path of the subset */
export function parsePath(text: string): Path {
  const root = text.startsWith("$$") ? "context" : "data";
  if (!text.startsWith("$"))
    throw new DefinitionError(`a path starts with "$" or "$$", got "${text}"`);
  const steps: (string | number)[] = [];
  STEP.lastIndex = root === "context" ? 2 : 1;
  while (STEP.lastIndex < text.length) {
    const position = STEP.lastIndex;
    const match = STEP.exec(text);
    if (match === null) {
      throw new DefinitionError(
        `path "${text}" is not understood at "${text.slice(position)}"; ` +
          `allowed are .name, ['any name'] and [index]`,
      );
    }
    const [, name, quoted, index] = match;
    steps.push(name ?? quoted ?? Number(index));
  }
  if (root === "context" && !CONTEXT.some((known) => known.every((name, i) => steps[i] === name))) {
    const known = CONTEXT.map((names) => `$$.${names.join(".")}`).join(", ");
    throw new DefinitionError(`"${text}" is not in the context object; there are ${known}`);
  }
  return { text, root, steps };
}

/** The value at a path, `undefined` if there is none. */
export function find(path: Path, documents: Documents): Json | undefined {
  let value: Json | undefined = documents[path.root];
  for (const step of path.steps) {
    if (typeof step === "number") {
      value = Array.isArray(value) ? (value as readonly Json[])[step] : undefined;
    } else {
      value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    }
  }
  return value;
}

/** @throws WorkflowError States.Runtime if there is nothing at the path */
export function read(path: Path, documents: Documents): Json {
  const value = find(path, documents);
  if (value === undefined) {
    const document = JSON.stringify(documents[path.root]).slice(0, 300);
    throw runtimeError(`path "${path.text}" leads to nothing in ${document}`);
  }
  return value;
}

/**
 * A copy of `document` with `value` at the path; objects on the way are made.
 *
 * @throws WorkflowError States.ResultPathMatchFailure if the way leads through something else
 */
export function put(path: Path, document: Json, value: Json): Json {
  const place = (
    current: Json | undefined,
    [step, ...rest]: readonly (string | number)[],
  ): Json => {
    if (step === undefined) return value;
    if (current !== undefined && !isJsonObject(current)) {
      throw new WorkflowError(
        "States.ResultPathMatchFailure",
        `"${path.text}" leads through ${JSON.stringify(current).slice(0, 100)}, which is no object`,
      );
    }
    const next = current !== undefined && Object.hasOwn(current, step) ? current[step] : undefined;
    return { ...current, [step]: place(next, rest) };
  };
  return place(document, path.steps);
}
