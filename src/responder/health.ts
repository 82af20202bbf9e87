import type { FastifyInstance } from "fastify";

import type { Ready } from "../schema/index.ts";
import { ApiProblem } from "./api-problem.ts";
import { NOTHING_SERVED } from "./routes.ts";
import type { Served } from "./served.ts";

/** `/health/live`: the process answers. `/health/ready`: it has something to serve, and what. */
export function addHealth(app: FastifyInstance, served: Served): void {
  app.get("/health/live", () => ({ status: "live" }));
  app.get("/health/ready", (): Ready => {
    const folder = served.current;
    if (folder === undefined) throw new ApiProblem("nothing_served", NOTHING_SERVED);
    const { users, items, kMax, probabilityOf } = folder.content;
    const { execution, createdAt } = folder;
    return { status: "ready", execution, createdAt, users, items, kMax, probabilityOf };
  });
}
