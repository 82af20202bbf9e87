import type { RowCheck } from "./row-check.ts";

/** Largest magnitude that the stored 32-bit ratings can hold. */
const LARGEST_RATING = "3.4e38";

/** A rating that is no finite number (Q16, A22). Zero and negative ones are ratings. */
export const badRating: RowCheck = {
  rule: "bad_rating",
  column: "rating",
  // DuckDB also takes inf, nan and 1_000 for numbers.
  broken: `(rating IS NULL OR NOT isfinite(rating) OR abs(rating) > ${LARGEST_RATING} OR contains(rating_text, '_'))`,
  whatToDo: "write a number; 1 for an interaction without a score",
};

/** The SQL expression that reads a rating from a cell; null where it is no number. */
export function ratingSql(cell: string): string {
  return `TRY_CAST(${cell} AS DOUBLE)`;
}
