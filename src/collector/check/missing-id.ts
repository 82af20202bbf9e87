import type { RowCheck } from "./row-check.ts";

/** An id that is empty or blank (Q13–Q15). */
export function missingId(column: "interaction_id" | "user_id" | "item_id"): RowCheck {
  return {
    rule: "missing_id",
    column,
    broken: `(${column} IS NULL OR trim(${column}) = '')`,
    whatToDo: `give the row its ${column}`,
  };
}
