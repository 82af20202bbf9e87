import { WorkflowError } from "./error.ts";
import type { Json } from "./json.ts";

/** The intrinsic functions of the subset. They fail with States.IntrinsicFailure. */
export const INTRINSICS = {
  "States.Format": format,
  "States.Array": (...items: Json[]): Json => items,
  "States.ArrayRange": arrayRange,
  "States.StringToJson": stringToJson,
  "States.MathAdd": mathAdd,
} satisfies Record<string, (...values: Json[]) => Json>;
export type IntrinsicName = keyof typeof INTRINSICS;

/** Replaces each `{}` of the template by the next value; `\{`, `\}`, `\\` and `\'` stand for themselves. */
function format(template: Json = null, ...values: Json[]): Json {
  if (typeof template !== "string") throw failure("States.Format", "a template", template);
  let used = 0;
  const text = template.replace(/\\([\\{}'])|\{\}/g, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    const value = values[used++];
    return typeof value === "string" ? value : JSON.stringify(value);
  });
  if (used !== values.length) throw failure("States.Format", `${used} values`, values);
  return text;
}

/** The whole numbers from `first` to `last`, both included, at most 1000. */
function arrayRange(first: Json = null, last: Json = null, step: Json = null): Json {
  const numbers = [first, last, step];
  if (!numbers.every(Number.isInteger) || step === 0) {
    throw failure("States.ArrayRange", "three whole numbers, the step not 0", numbers);
  }
  const [from, to, by] = numbers as [number, number, number];
  const length = Math.max(0, Math.floor((to - from) / by) + 1);
  if (length > 1000) throw failure("States.ArrayRange", "at most 1000 items", numbers);
  return Array.from({ length }, (_, i) => from + i * by);
}

function stringToJson(text: Json = null): Json {
  if (typeof text !== "string") throw failure("States.StringToJson", "a string", text);
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw failure("States.StringToJson", "a string of JSON", text);
  }
}

function mathAdd(a: Json = null, b: Json = null): Json {
  if (!Number.isInteger(a) || !Number.isInteger(b)) {
    throw failure("States.MathAdd", "two whole numbers", [a, b]);
  }
  return (a as number) + (b as number);
}

function failure(name: IntrinsicName, wanted: string, got: Json): WorkflowError {
  return new WorkflowError(
    "States.IntrinsicFailure",
    `${name} needs ${wanted}, got ${JSON.stringify(got).slice(0, 200)}`,
  );
}
