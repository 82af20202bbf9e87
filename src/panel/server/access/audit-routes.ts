import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { parseQuery } from "../parsed.ts";
import type { AccessContext } from "./access-context.ts";

const Page = z.strictObject({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Who did what, page by page. */
export function addAuditRoutes(app: FastifyInstance, { state }: AccessContext): void {
  app.get("/panel/api/audit", { config: { access: "admin" } }, (request) => {
    const { before, limit } = parseQuery(Page, request);
    return state.audit.page(limit, before);
  });
}
