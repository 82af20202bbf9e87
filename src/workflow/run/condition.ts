import type { Comparison, Condition } from "../definition.ts";
import type { Json } from "../json.ts";
import { type Documents, find, parsePath, read } from "../path.ts";

/** Does a Choice rule's condition hold? A value of another type than the operator's never matches. */
export function holds(condition: Condition, documents: Documents): boolean {
  if ("and" in condition) return condition.and.every((part) => holds(part, documents));
  if ("or" in condition) return condition.or.some((part) => holds(part, documents));
  if ("not" in condition) return !holds(condition.not, documents);
  return compare(condition, documents);
}

function compare(comparison: Comparison, documents: Documents): boolean {
  const path = parsePath(comparison.variable);
  const { operator, value: wanted } = comparison;
  if (operator === "IsPresent") return (find(path, documents) !== undefined) === wanted;
  const value = read(path, documents);
  switch (operator) {
    case "IsNull":
      return (value === null) === wanted;
    case "IsString":
      return (typeof value === "string") === wanted;
    case "IsNumeric":
      return (typeof value === "number") === wanted;
    case "IsBoolean":
      return (typeof value === "boolean") === wanted;
    case "BooleanEquals":
    case "StringEquals":
    case "NumericEquals":
      return value === wanted;
    case "StringLessThan":
    case "NumericLessThan":
      return sameType(value, wanted) && value < wanted;
    case "StringLessThanEquals":
    case "NumericLessThanEquals":
      return sameType(value, wanted) && value <= wanted;
    case "StringGreaterThan":
    case "NumericGreaterThan":
      return sameType(value, wanted) && value > wanted;
    case "StringGreaterThanEquals":
    case "NumericGreaterThanEquals":
      return sameType(value, wanted) && value >= wanted;
  }
}

function sameType<T>(value: Json, wanted: T): value is Json & T {
  return typeof value === typeof wanted;
}
