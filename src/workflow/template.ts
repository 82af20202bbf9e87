import { evaluate, parseExpression } from "./expression.ts";
import { isJsonObject, type Json } from "./json.ts";
import type { Documents } from "./path.ts";

/** Fills a payload template: a field named `name.$` becomes `name` with its expression's value. */
export function fill(template: Json, documents: Documents): Json {
  if (Array.isArray(template)) {
    return (template as readonly Json[]).map((item) => fill(item, documents));
  }
  if (!isJsonObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith(".$")
        ? [key.slice(0, -2), evaluate(parseExpression(value as string), documents)]
        : [key, fill(value, documents)],
    ),
  );
}
