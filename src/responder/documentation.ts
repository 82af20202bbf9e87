import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";

import type { ResponderConfig } from "../schema/index.ts";
import { openApiDocument } from "./openapi.ts";

/** `/openapi.json`, and a page to read it and try it at `/docs`, which loads nothing from elsewhere. */
export function addDocumentation(app: FastifyInstance, config: ResponderConfig): void {
  const document = openApiDocument(config);
  app.get("/openapi.json", () => document);
  void app.register(swagger, {
    mode: "static",
    specification: { document: document as never },
  });
  void app.register(swaggerUi, { routePrefix: "/docs", staticCSP: true });
}
