import type { Customization, SettingField } from "../../../../schema/index.ts";
import { metricName } from "../../format/metric-names.ts";

/** What stands in a field while it is edited: a list has its members on lines. */
export type Entry = string | boolean;
/** Setting's path → what was put into its field. */
export type Edits = Readonly<Record<string, Entry>>;

/** Settings whose values are metrics, which have names of their own. */
const METRICS: readonly string[] = ["evaluation.gate.metric"];

/** How one of a setting's values reads: "NDCG", of `ndcg`. */
export function choiceWords({ path }: SettingField, value: string): string {
  return METRICS.includes(path) ? metricName(value) : value;
}

type Draft = Customization["draft"];

/** A value as its field shows it; nothing for what is not set. */
export function entryOf({ kind }: SettingField, value: unknown): Entry {
  if (kind === "boolean") return value === true;
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(String).join("\n");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The draft that the edits make, and the fields whose text is no value of their kind. */
export function draftWith(
  fields: readonly SettingField[],
  draft: Draft,
  edits: Edits,
): {
  readonly draft: Draft;
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
} {
  const next = new Map(Object.entries(draft));
  const problems: { path: string; problem: string }[] = [];
  for (const field of fields) {
    const entry = edits[field.path];
    if (entry === undefined) continue;
    const value = valueOf(field, entry);
    if (value === WRONG) {
      problems.push({
        path: field.path,
        problem: `must be ${field.expectation}, got “${String(entry)}”`,
      });
    } else if (value === undefined || isSame(value, field.default)) {
      next.delete(field.path);
    } else {
      next.set(field.path, value);
    }
  }
  return { draft: Object.fromEntries(next), problems };
}

/** Paths at which two drafts differ. */
export function changedPaths(before: Draft, after: Draft): readonly string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => !isSame(before[path], after[path]));
}

/** Does the field hold something else than its default? */
export function differsFromDefault(field: SettingField, entry: Entry): boolean {
  const value = valueOf(field, entry);
  return value !== undefined && !isSame(value, field.default);
}

/** The problem of a field: its own, or that of a member of its list. */
export function problemOf(
  { path }: SettingField,
  problems: readonly { readonly path: string; readonly problem: string }[],
): string | undefined {
  const own = problems.filter(
    (problem) => problem.path === path || problem.path.startsWith(`${path}.`),
  );
  return own.length === 0 ? undefined : own.map(({ problem }) => problem).join("; ");
}

/** A problem without the setting's path before it: the field that it stands at says that. */
export function withoutPath<Problem extends { readonly path: string; readonly problem: string }>(
  problem: Problem,
): Problem {
  const { path, problem: words } = problem;
  return words.startsWith(`${path} `)
    ? { ...problem, problem: words.slice(path.length + 1) }
    : problem;
}

const WRONG = Symbol("no value of this kind");

/** `undefined`: nothing stands there, so that the default counts. */
function valueOf(field: SettingField, entry: Entry): unknown {
  if (typeof entry === "boolean") return entry;
  const text = entry.trim();
  if (text === "") return undefined;
  switch (field.kind) {
    case "integer":
    case "number":
      return numberOf(text);
    case "list":
      return listOf(text, field.default);
    case "text":
    case "choice":
    case "boolean":
      return text;
  }
}

function numberOf(text: string): number | typeof WRONG {
  const value = Number(text);
  return Number.isFinite(value) ? value : WRONG;
}

/** Members stand on lines or between commas; they are numbers where those of the default are. */
function listOf(text: string, defaultValue: unknown): unknown {
  const members = text.split(/[\n,]/).flatMap((member) => member.trim() || []);
  const areNumbers =
    Array.isArray(defaultValue) &&
    defaultValue.length > 0 &&
    defaultValue.every((member) => typeof member === "number");
  if (!areNumbers) return members;
  const numbers = members.map(numberOf);
  return numbers.includes(WRONG) ? WRONG : numbers;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
