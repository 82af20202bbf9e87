import type { RowCheck } from "./row-check.ts";

/** Largest magnitude of a value: sums of any number of them stay exact to the billionth. */
const LARGEST_VALUE = "1e15";

/** A value of an impression that is there and no finite number. */
export const badValue: RowCheck = {
  rule: "bad_value",
  column: "value",
  // DuckDB also takes inf, nan and 1_000 for numbers.
  broken: `(trim(value_text) != '' AND (value IS NULL OR NOT isfinite(value) OR abs(value) > ${LARGEST_VALUE}
    OR contains(value_text, '_')))`,
  whatToDo: "write what the impression brought in as a number, or leave the cell empty",
};

/** The SQL expression that reads a value from a cell; null where there is none, or none that is a number. */
export function valueSql(cell: string): string {
  return `TRY_CAST(${cell} AS DOUBLE)`;
}
