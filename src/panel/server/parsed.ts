import type { FastifyRequest } from "fastify";
import type { z } from "zod";

import { PanelError } from "./context.ts";

/**
 * A request's body, checked.
 *
 * @throws PanelError that names every field that is wrong
 */
export function parseBody<T>(schema: z.ZodType<T>, { body }: FastifyRequest): T {
  return parsed(schema, body ?? {});
}

/**
 * A request's query, checked.
 *
 * @throws PanelError that names every field that is wrong
 */
export function parseQuery<T>(schema: z.ZodType<T>, { query }: FastifyRequest): T {
  return parsed(schema, query);
}

/**
 * What a request holds, checked.
 *
 * @throws PanelError that names every field that is wrong
 */
export function parsed<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(result.error);
}

/** The refusal of what a schema does not take. */
export function invalid({ issues }: z.ZodError): PanelError {
  const fields = issues.map(({ path, message }) => ({ path: path.join("."), problem: message }));
  const told = fields.map(({ path, problem }) => (path === "" ? problem : `${path}: ${problem}`));
  return new PanelError(400, "invalid", told.join("; "), fields);
}
