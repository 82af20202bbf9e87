import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { readExecution } from "../../../../recipe/index.ts";
import type { Bucket } from "../../../../storage/index.ts";
import { PanelError } from "../../context.ts";
import type { ExecutionIndex } from "../execution-index.ts";
import { parseQuery } from "../../parsed.ts";
import { type Compared, compareExecutions } from "./compare.ts";

const Two = z.strictObject({ a: z.string(), b: z.string() });

/** `GET /panel/api/compare?a=…&b=…`. */
export function addCompareRoute(app: FastifyInstance, bucket: Bucket, index: ExecutionIndex): void {
  const find = async (name: string): Promise<Compared> => {
    const isName = /^[A-Za-z0-9_-]{1,80}$/.test(name);
    const execution = isName ? await readExecution(bucket, "core", name) : undefined;
    const summary = isName ? await index.find("core", name) : undefined;
    if (execution === undefined || summary === undefined) {
      throw new PanelError(404, "not_found", `there is no core execution "${name}"`);
    }
    return { execution, summary };
  };
  app.get("/panel/api/compare", { config: { access: "viewer" } }, async (request) => {
    const { a, b } = parseQuery(Two, request);
    return compareExecutions(bucket, await find(a), await find(b));
  });
}
