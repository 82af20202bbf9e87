import type { z } from "zod";

import { PanelError } from "../context.ts";

/**
 * Parses what a request brings, at the edge.
 *
 * @throws PanelError with the fields that are wrong
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({
    path: path.join("."),
    problem: message,
  }));
  const words = fields.map(({ path, problem }) => (path === "" ? problem : `${path}: ${problem}`));
  throw new PanelError(400, "invalid", words.join("; "), fields);
}
