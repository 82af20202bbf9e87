import fastifyCookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import { fastify, type FastifyInstance, type RouteOptions } from "fastify";

import {
  type AccessContext,
  addAccessRoutes,
  addGuard,
  createPasswords,
  sessionCookie,
} from "./access/index.ts";
import { type Access, type AddRoutes, PanelError, type PanelContext } from "./context.ts";
import { addErrors, sendProblem } from "./errors.ts";
import { DASHBOARD_GROUPS, GROUPS } from "./groups.ts";
import { addKeyRoutes } from "./keys/index.ts";
import { addPages, addSecurityHeaders, type Transport } from "./pages/index.ts";
import type { PanelState } from "./state/index.ts";

export interface PanelOptions extends Omit<PanelContext, "audit" | "scratchFolder"> {
  readonly state: PanelState;
  /** Where people reach the panel, without a slash at the end; known once it listens. */
  readonly url: () => string;
  readonly transport: Transport;
  /** What Vite has built. */
  readonly pagesFolder: string;
  /** Only the dashboard, for its own port (A26). */
  readonly dashboardOnly?: boolean;
  /** Called when keys for `/recommend/*` were made or removed. */
  readonly keysChanged?: () => Promise<void>;
  /** Groups of routes, where not all of the product's are wanted. */
  readonly groups?: readonly AddRoutes[];
  /** Told of every route before it is there. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/**
 * The panel as a value: pages, and an API below `/panel/api` that every page talks to. Nobody gets anything but the
 * login without logging in; every route says which role it is for.
 */
export async function createPanel(options: PanelOptions): Promise<FastifyInstance> {
  const { state, transport, dashboardOnly = false, clock, base } = options;
  const { publicUrl, trustedProxies } = base.config.panel;
  const isSecure = transport !== "plain" || publicUrl?.startsWith("https:") === true;
  const app = fastify({
    requestIdHeader: false,
    // While it stops, requests on open connections are still answered.
    return503OnClosing: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    frameworkErrors: (error, request, reply) =>
      void sendProblem(error, request, reply, options.log),
  });
  const { onRoute } = options;
  if (onRoute !== undefined) app.addHook("onRoute", onRoute);
  const cookie = sessionCookie(state.instance, isSecure);
  await app.register(fastifyCookie);
  addErrors(app, options.log);
  takeOnlyJson(app);
  // First of the hooks, so that refusals have them too.
  await addSecurityHeaders(app, isSecure && transport === "plain" ? "tls" : transport);
  const allowed: readonly Access[] = dashboardOnly ? DASHBOARD : EVERYBODY;
  addGuard(app, { state, cookie, clock, publicUrl, allowed });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { after }) =>
      new PanelError(429, "too_many", `too many requests; try again in ${after}`),
  });

  const context: PanelContext = {
    ...options,
    scratchFolder: state.scratchFolder,
    audit(request, action, subject, detail = "") {
      const person = request.visitor?.name ?? "nobody";
      state.audit.add({ person, action, subject, detail }, clock());
    },
  };
  const access: AccessContext = {
    ...context,
    state,
    cookie,
    dashboardOnly,
    passwords: createPasswords(),
    publicUrl: () => publicUrl ?? options.url(),
  };
  await inScope(app, (scope) => {
    addAccessRoutes(scope, access);
  });
  if (!dashboardOnly) {
    await inScope(app, (scope) => {
      addKeyRoutes(scope, context, options.keysChanged ?? (() => Promise.resolve()));
    });
  }
  for (const add of options.groups ?? (dashboardOnly ? DASHBOARD_GROUPS : GROUPS)) {
    await inScope(app, (scope) => {
      add(scope, context);
    });
  }
  await addPages(app, {
    folder: options.pagesFolder,
    dashboardOnly,
    isLoggedIn(request) {
      const id = cookie.read(request);
      return id !== undefined && state.sessions.use(id, clock()) !== undefined;
    },
  });
  return app;
}

const EVERYBODY: readonly Access[] = ["anyone", "dashboard", "viewer", "operator", "admin"];
const DASHBOARD: readonly Access[] = ["anyone", "dashboard"];

/** What a group sets up for itself, such as a parser for uploads, stays within it. */
async function inScope(app: FastifyInstance, add: (scope: FastifyInstance) => void): Promise<void> {
  await app.register((scope, _options, done) => {
    try {
      add(scope);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

/**
 * Bodies are JSON and say so: no form of another site can send that. A body of nothing is none, since pages name the
 * type on every change.
 */
function takeOnlyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else void parse(request, body as string, done);
  });
}
