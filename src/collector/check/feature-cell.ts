import type { FEATURE_TYPES, Rule } from "../../schema/index.ts";
import { parseSetLiteral } from "../read/python-literal.ts";

/**
 * A feature's value: an `int` (exact, of any size), a `double`, a `string`, a `set`, or null when the
 * cell is empty. An empty `set` cell is the empty set.
 */
export type FeatureValue = bigint | number | string | readonly string[] | null;

/** A cell that breaks a rule. */
export interface CellProblem {
  readonly rule: Rule;
  readonly whatToDo: string;
}

/** An integer; a zero fraction is allowed, since tools that know no missing integers write one. */
const INT = /^\s*([+-]?\d+)(?:\.0*)?\s*$/;
const DOUBLE = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** Reads a cell of a feature file by its column's type (Q29–Q32). */
export function readFeatureCell(
  type: (typeof FEATURE_TYPES)[number],
  cell: string,
): { readonly value: FeatureValue } | CellProblem {
  switch (type) {
    case "int": {
      if (cell.trim() === "") return { value: null };
      const digits = INT.exec(cell)?.[1];
      return digits === undefined || !Number.isFinite(Number(digits))
        ? wrongType("an integer such as 26")
        : { value: BigInt(digits) };
    }
    case "double": {
      if (cell.trim() === "") return { value: null };
      const number = DOUBLE.test(cell) ? Number(cell) : NaN;
      return Number.isFinite(number) ? { value: number } : wrongType("a number such as 2.5");
    }
    case "string":
      return { value: cell === "" ? null : cell };
    case "set": {
      const values = parseSetLiteral(cell);
      return "problem" in values
        ? {
            rule: "bad_set",
            whatToDo: `write a list such as ['Comedy', 'Drama']; at character ${values.at}: ${values.problem}`,
          }
        : { value: values };
    }
  }
}

function wrongType(example: string): CellProblem {
  return {
    rule: "wrong_type",
    whatToDo: `write ${example}, leave the cell empty, or change the type in the description`,
  };
}
