import type { DescriptionAnswer } from "../../../../schema/index.ts";

export type DescribedColumn = DescriptionAnswer["columns"][number];

/** What a column may be (the data model's types). */
export const COLUMN_TYPES: readonly {
  readonly value: DescribedColumn["type"];
  readonly label: string;
}[] = [
  { value: "ID", label: "ID: whose row it is" },
  { value: "int", label: "int: a whole number" },
  { value: "double", label: "double: any number" },
  { value: "string", label: "string: a category or a text" },
  { value: "set", label: "set: a list of categories" },
];

/** The columns with one of them changed. */
export function withColumn(
  columns: readonly DescribedColumn[],
  index: number,
  change: Partial<DescribedColumn>,
): readonly DescribedColumn[] {
  return columns.map((column, at) => (at === index ? { ...column, ...change } : column));
}

/** Do two descriptions say the same? */
export function areSameColumns(
  a: readonly DescribedColumn[],
  b: readonly DescribedColumn[],
): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, type }, index) => name === b[index]!.name && type === b[index]!.type)
  );
}

/** What is wrong with a column: the server says it at `columns.3` or at `columns.3.name`. */
export function problemOfColumn(
  fields: readonly { readonly path: string; readonly problem: string }[],
  index: number,
): string | undefined {
  const path = `columns.${index}`;
  return fields.find((field) => field.path === path || field.path.startsWith(`${path}.`))?.problem;
}

/** What is wrong with the description as a whole. */
export function problemsOfWhole(
  fields: readonly { readonly path: string; readonly problem: string }[],
): readonly string[] {
  return fields.filter(({ path }) => !/^columns\.\d/.test(path)).map(({ problem }) => problem);
}
