import type { FastifyRequest } from "fastify";
import type { z } from "zod";

import { PanelError } from "./context.ts";

/**
 * A request's body as the contract has it.
 *
 * @throws PanelError with the fields that are wrong
 */
export function parseBody<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  return parsed(schema, request.body ?? {}, "body");
}

/**
 * A request's query as the contract has it.
 *
 * @throws PanelError with the fields that are wrong
 */
export function parseQuery<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  return parsed(schema, request.query ?? {}, "query");
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({
    path: path.map(String).join("."),
    problem: message,
  }));
  throw new PanelError(
    400,
    "invalid",
    `the ${what} of the request is not what is asked for`,
    fields,
  );
}
