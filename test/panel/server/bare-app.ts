import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fastify, type FastifyInstance } from "fastify";
import { pino } from "pino";

import type { AddRoutes, PanelContext } from "../../../src/panel/server/index.ts";
import { resolveConfig, type Role } from "../../../src/schema/index.ts";
import { folderBucket } from "../../../src/storage/index.ts";

/** What was audited: action, subject, detail. */
export type Audited = readonly [action: string, subject: string, detail: string | undefined];

/** One group of the panel's routes without the login around it; everybody is `ada` with the given role. */
export function bareApp(
  add: AddRoutes,
  { role = "admin", ...given }: Partial<PanelContext> & { readonly role?: Role } = {},
): { readonly app: FastifyInstance; readonly context: PanelContext; readonly audited: Audited[] } {
  const audited: Audited[] = [];
  const base = resolveConfig([]);
  const context: PanelContext = {
    bucket: folderBucket(mkdtempSync(join(tmpdir(), "recsys-panel-")), base.config.bucketPrefix),
    base,
    clock: () => new Date("2026-11-26T10:00:00Z"),
    log: pino({ level: "silent" }),
    audit: (_, action, subject, detail) => audited.push([action, subject, detail]),
    scratchFolder: mkdtempSync(join(tmpdir(), "recsys-panel-scratch-")),
    responder: { url: "http://127.0.0.1:8080", redeploy: () => Promise.resolve() },
    version: "0.0.0",
    ...given,
  };
  const app = fastify();
  app.decorateRequest("visitor", null);
  app.addHook("onRequest", (request, _, done) => {
    request.visitor = { name: "ada", role };
    done();
  });
  add(app, context);
  return { app, context, audited };
}
