import { FEATURE_TYPES } from "../../schema/index.ts";
import type { FeatureValue } from "../check/feature-cell.ts";
import type { FeatureValues } from "../read/feature-table.ts";

/**
 * Renders attributes as the inside of a JSON object, `"age":29,"name":"Player, The"`: int, double,
 * string, set, each in file order (A8).
 *
 * @param columns - the feature columns, without the id
 * @returns a function from a row of the table (`undefined`: an item that has none, A19) to its text
 */
export function attributeRenderer(
  columns: readonly FeatureValues[],
): (row: number | undefined) => string {
  const ordered = FEATURE_TYPES.flatMap((type) => columns.filter((column) => column.type === type));
  const keys = ordered.map(({ name }) => JSON.stringify(name));
  return (row) =>
    ordered
      .map(({ values }, at) => {
        const value = row === undefined ? null : values[row]!;
        return `${keys[at]!}:${renderValue(value)}`;
      })
      .join(",");
}

/** A value as JSON; an `int` keeps all its digits. */
export function renderValue(value: FeatureValue): string {
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}
