import { readFile } from "node:fs/promises";

import { FEATURE_TYPES } from "../../schema/index.ts";
import type { StructureProblems } from "../check/structure.ts";
import type { LocalFile } from "./raw-files.ts";

/** Whose features a file holds. */
export type Entity = "item" | "user";

/** A column that `*_features_description.json` describes, the id left out. */
export interface DescribedColumn {
  /** Its number in the file, from 0. */
  readonly column: number;
  readonly name: string;
  readonly type: (typeof FEATURE_TYPES)[number];
}

/** Names that the API's answers use beside the attributes in the same object (Q79, Q90, Q96). */
const TAKEN_NAMES: Readonly<Record<Entity, readonly string[]>> = {
  item: ["item_id", "interaction_probability", "count"],
  user: ["user_id", "interaction_probability"],
};

/**
 * Reads a description (Q38–Q44, A6). Every problem of it is added to `problems`.
 *
 * @returns the feature columns in file order, `undefined` if there was a problem
 */
export async function readDescription(
  file: LocalFile,
  entity: Entity,
  problems: StructureProblems,
): Promise<readonly DescribedColumn[] | undefined> {
  const before = problems.count;
  const features = parseDescription(await readFile(file.path, "utf8"), entity, (problem) => {
    problems.add({ file: file.name }, problem);
  });
  return problems.count === before ? features : undefined;
}

/** The feature columns of a description's text; of one that `complain` was called for, those that are right. */
export function parseDescription(
  text: string,
  entity: Entity,
  complain: (problem: string) => void,
): readonly DescribedColumn[] | undefined {
  const description = parseObject(text, complain);
  if (description === undefined) return undefined;
  const keys = Object.keys(description);
  const absent = keys.map((_, number) => number.toString()).filter((key) => !keys.includes(key));
  if (absent.length > 0 || keys.length === 0) {
    complain(
      `the keys must be the column numbers from "0" without a gap, got ${keys.map((key) => `"${key}"`).join(", ") || "none"}`,
    );
    return undefined;
  }
  const columns = keys.map((key) => readColumn(key, description[key], complain));
  checkId(entity, columns, complain);
  const features = columns.slice(1).flatMap((column): DescribedColumn[] => {
    const type = FEATURE_TYPES.find((known) => known === column?.type);
    return column === undefined || type === undefined ? [] : [{ ...column, type }];
  });
  checkNames(entity, features, complain);
  return features;
}

function parseObject(
  text: string,
  complain: (problem: string) => void,
): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    complain(
      `it is not JSON (${error.message}); write one object, {"0": {"name": …, "type": …}, …}`,
    );
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    complain(`it must be one JSON object, got ${JSON.stringify(value).slice(0, 60)}`);
    return undefined;
  }
  return value as Record<string, unknown>;
}

interface AnyColumn {
  readonly column: number;
  readonly name: string;
  readonly type: string;
}

function readColumn(
  key: string,
  value: unknown,
  complain: (problem: string) => void,
): AnyColumn | undefined {
  const { name, type, ...others } = { ...(value as Record<string, unknown> | null) };
  if (typeof name !== "string" || typeof type !== "string" || Object.keys(others).length > 0) {
    complain(
      `key "${key}" must hold exactly a "name" and a "type", both strings, got ${JSON.stringify(value)}`,
    );
    return undefined;
  }
  if (name.trim() === "") complain(`key "${key}": the name is empty; name the column`);
  const isId = type.toLowerCase() === "id";
  if (!isId && !(FEATURE_TYPES as readonly string[]).includes(type)) {
    complain(
      `key "${key}": the type must be one of ID, ${FEATURE_TYPES.join(", ")}, got "${type}"`,
    );
  }
  return { column: Number(key), name, type: isId ? "ID" : type };
}

/** Column 0 is the id (Q36): named for its entity, of type ID or of a type that is passed over (A6). */
function checkId(
  entity: Entity,
  columns: readonly (AnyColumn | undefined)[],
  complain: (problem: string) => void,
): void {
  const [first] = columns;
  if (first !== undefined && first.name !== `${entity}_id`) {
    complain(
      `key "0" must be the column "${entity}_id" of type "ID", got the name "${first.name}"`,
    );
  }
  for (const column of columns.slice(1)) {
    if (column?.type === "ID") {
      complain(`key "${column.column}": only column 0 may have the type "ID"`);
    }
  }
}

function checkNames(
  entity: Entity,
  features: readonly DescribedColumn[],
  complain: (problem: string) => void,
): void {
  const names = features.map(({ name }) => name);
  for (const [index, { column, name }] of features.entries()) {
    if (names.indexOf(name) !== index) {
      complain(`key "${column}": the name "${name}" stands twice; names must differ`);
    }
    if (TAKEN_NAMES[entity].includes(name)) {
      complain(`key "${column}": the name "${name}" is taken by the API's answers; choose another`);
    }
  }
}
