import type { ImpressionColumn, InteractionColumn, Rule } from "../../schema/index.ts";

/** A rule for the rows of the interactions or the impressions, as SQL: DuckDB checks millions of them at a time. */
export interface RowCheck {
  readonly rule: Rule;
  readonly column: InteractionColumn | ImpressionColumn;
  /** True for a row that breaks the rule; over the table's columns, or `…_text` for the cell as it was read. */
  readonly broken: string;
  readonly whatToDo: string;
}
