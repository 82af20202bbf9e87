import type { FeatureColumn } from "../../../schema/index.ts";

/** The column that names an entity for people: one called so, else the first of free text; `undefined` without any. */
export function titleColumn(columns: readonly FeatureColumn[]): string | undefined {
  const texts = columns.filter(({ type }) => type === "string");
  const called = (pattern: RegExp): FeatureColumn | undefined =>
    texts.find(({ name }) => pattern.test(name));
  const column =
    called(/^(title|name)$/i) ??
    called(/title|name/i) ??
    texts.find(({ treatment }) => treatment === "words");
  return column?.name;
}
