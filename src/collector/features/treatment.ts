import type { FeatureColumn } from "../../schema/index.ts";
import type { FeatureValues } from "../read/feature-table.ts";
import { renderValue } from "./attributes.ts";

/**
 * How a feature enters the model (A7).
 *
 * - `none`: the same value in every row, or no value in any.
 * - `bins`: an int or a double.
 * - `words`: a string of which more than `textDistinctShare` of the values differ, such as a title.
 * - `token`: any other string, and every set.
 */
export function treatmentOf(
  { type, values }: FeatureValues,
  textDistinctShare: number,
): FeatureColumn["treatment"] {
  const distinct = new Set(values.map(renderValue));
  if (distinct.size <= 1) return "none";
  if (type === "int" || type === "double") return "bins";
  if (type === "set") return "token";
  const present = values.filter((value) => value !== null).length;
  const distinctPresent = distinct.size - (present < values.length ? 1 : 0);
  return distinctPresent / present > textDistinctShare ? "words" : "token";
}
