import type { FastifyInstance } from "fastify";

import type { Ready } from "../schema/index.ts";
import { nothingServed } from "./nothing-served.ts";
import type { Served } from "./served.ts";

/** `/health/live`: the process answers. `/health/ready`: it has something to serve, and what. */
export function addHealth(app: FastifyInstance, served: Served): void {
  app.get("/health/live", () => ({ status: "live" }));
  app.get("/health/ready", (): Ready => {
    const folder = served.current;
    if (folder === undefined) throw nothingServed(served);
    const { users, items, kMax, probabilityOf } = folder.content;
    const { execution, createdAt } = folder;
    return { status: "ready", execution, createdAt, users, items, kMax, probabilityOf };
  });
}
