import type { FEATURE_TYPES } from "../../schema/index.ts";
import { readFeatureCell } from "../check/feature-cell.ts";

/** As many different values are shown of a column. */
const EXAMPLES = 3;

/** What the cells of a column look like, taken one by one. */
export class ColumnLook {
  empty = 0;
  readonly examples: string[] = [];
  #filled = 0;
  #bracketed = 0;
  #sets = 0;
  #ints = 0;
  #doubles = 0;
  #leadingZeros = 0;

  add(cell: string): void {
    if (cell.trim() === "") {
      this.empty++;
      return;
    }
    this.#filled++;
    if (this.examples.length < EXAMPLES && !this.examples.includes(cell)) this.examples.push(cell);
    if (/^\s*[[({]/.test(cell)) this.#bracketed++;
    if (fits("set", cell)) this.#sets++;
    if (fits("int", cell)) this.#ints++;
    if (fits("double", cell)) this.#doubles++;
    if (/^\s*[+-]?0\d/.test(cell)) this.#leadingZeros++;
  }

  /**
   * The type that every filled cell has: a set if one has a bracket and all can be read as one. Digits behind a zero,
   * such as "007", are text, for a number would lose the zero.
   */
  get type(): (typeof FEATURE_TYPES)[number] {
    if (this.#filled === 0) return "string";
    if (this.#bracketed > 0 && this.#sets === this.#filled) return "set";
    if (this.#leadingZeros > 0) return "string";
    if (this.#ints === this.#filled) return "int";
    return this.#doubles === this.#filled ? "double" : "string";
  }
}

function fits(type: (typeof FEATURE_TYPES)[number], cell: string): boolean {
  return "value" in readFeatureCell(type, cell);
}
