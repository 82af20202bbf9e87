import { stat } from "node:fs/promises";
import { join } from "node:path";

import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";

import { notLoggedIn } from "../access/index.ts";
import { PanelError } from "../context.ts";

export interface PagesOptions {
  /** What Vite has built. */
  readonly folder: string;
  /** Only the dashboard's pages, for its own port (A26). */
  readonly dashboardOnly: boolean;
  readonly isLoggedIn: (request: FastifyRequest) => boolean;
}

/**
 * The pages: one application whose `index.html` answers every page's path. Its files hold no data and are for anyone;
 * what it shows comes from the API, and without a login that is the login.
 */
export async function addPages(
  app: FastifyInstance,
  { folder, dashboardOnly, isLoggedIn }: PagesOptions,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    dotfiles: "deny",
    index: false,
  });

  // Vite puts a hash of its content into each of these files' names.
  app.get("/assets/*", { config: { access: "anyone" } }, (request, reply) =>
    reply.sendFile(`assets/${wildcard(request)}`, { immutable: true, maxAge: "365d" }),
  );

  app.get("/*", { config: { access: "anyone" } }, async (request, reply) => {
    const path = wildcard(request);
    if (path === "panel" || path.startsWith("panel/")) {
      throw isLoggedIn(request) ? notFound(path) : notLoggedIn();
    }
    if (FILES.test(path)) return reply.sendFile(path, { maxAge: "1h" });
    if (dashboardOnly && !DASHBOARD_PAGES.test(path)) {
      if (path !== "") throw notFound(path);
      return reply.redirect("/dashboard");
    }
    reply.header("cache-control", "no-cache");
    if (await isBuilt(folder)) return reply.sendFile("index.html", { cacheControl: false });
    return reply.code(503).type("text/html; charset=utf-8").send(NOT_BUILT);
  });
}

/** Files beside `index.html` whose names have no hash. */
const FILES = /^[\w-]+\.(svg|ico|png|txt|webmanifest)$/;
const DASHBOARD_PAGES = /^(setup|access|dashboard(\/.*)?)$/;

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>RecSys: the pages are not built</title>
<h1>The pages have not been built yet</h1>
<p>Run <code>npm run build</code> in the folder of RecSys, then load this page again. The API answers already.</p>
</html>
`;

function wildcard({ params }: FastifyRequest): string {
  return (params as { "*": string })["*"];
}

async function isBuilt(folder: string): Promise<boolean> {
  const found = await stat(join(folder, "index.html")).catch(() => undefined);
  return found?.isFile() === true;
}

function notFound(path: string): PanelError {
  return new PanelError(404, "not_found", `there is no /${path}`);
}
