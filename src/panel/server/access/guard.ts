import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { roleCovers } from "../../../schema/index.ts";
import { type Access, PanelError } from "../context.ts";
import type { PanelState } from "../state/index.ts";
import { requireCsrfToken, requireOwnOrigin } from "./csrf.ts";
import type { SessionCookie } from "./session-cookie.ts";

export interface GuardOptions {
  readonly state: PanelState;
  readonly cookie: SessionCookie;
  readonly clock: () => Date;
  readonly publicUrl: string | undefined;
  /** Accesses that a route may ask for; with another one the app does not start. */
  readonly allowed: readonly Access[];
}

declare module "fastify" {
  interface FastifyRequest {
    /** The session's id, on routes that are not for anyone. */
    sessionId: string | null;
    /** SHA-256 of it, by which the session is known. */
    sessionKey: string | null;
  }
}

const SWEEP_MILLISECONDS = 30_000;
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Stands before every route: who is it, may they, and do they mean it? */
export function addGuard(app: FastifyInstance, options: GuardOptions): void {
  app.decorateRequest("visitor", null);
  app.decorateRequest("sessionId", null);
  app.decorateRequest("sessionKey", null);
  app.addHook("onRoute", ({ method, url, config }) => {
    const access = config?.access;
    if (access !== undefined && options.allowed.includes(access)) return;
    throw new Error(
      `${String(method)} ${url} asks for the access ${String(access)}; it must be one of ${options.allowed.join(", ")}`,
    );
  });
  app.addHook("onRequest", (request, reply, done) => {
    done(refusalOf(request, reply, options));
  });
  const { state, clock } = options;
  const endOpenAnswers = (): void => {
    state.openAnswers.endUnless(state.sessions.has);
  };
  // After the answer: that to a logout belongs to the very session that it has ended.
  app.addHook("onResponse", ({ method }, _reply, done) => {
    if (!SAFE.has(method)) endOpenAnswers();
    done();
  });
  const sweeping = setInterval(() => {
    state.sessions.sweep(clock());
    endOpenAnswers();
  }, SWEEP_MILLISECONDS).unref();
  app.addHook("onClose", (_app, done) => {
    clearInterval(sweeping);
    done();
  });
}

function refusalOf(
  request: FastifyRequest,
  reply: FastifyReply,
  options: GuardOptions,
): Error | undefined {
  try {
    check(request, reply, options);
    return undefined;
  } catch (error) {
    // What the body holds is not read: a connection that would still have to take it in is closed.
    if (!SAFE.has(request.method)) reply.header("connection", "close");
    return error as Error;
  }
}

/** @throws PanelError unless the request may go on */
function check(
  request: FastifyRequest,
  reply: FastifyReply,
  { state, cookie, clock, publicUrl }: GuardOptions,
): void {
  const isChange = !SAFE.has(request.method);
  if (isChange) requireOwnOrigin(request, publicUrl);
  // Paths that do not exist have no access of their own; that they do not is only told to who is logged in.
  const access = request.is404 ? "dashboard" : (request.routeOptions.config.access ?? "admin");
  if (access === "anyone") return;
  const id = cookie.read(request);
  const session = id === undefined ? undefined : state.sessions.use(id, clock());
  if (id === undefined || session === undefined) throw notLoggedIn();
  request.visitor = { name: session.name, role: session.role };
  request.sessionId = id;
  request.sessionKey = session.key;
  if (isChange) requireCsrfToken(request, id);
  if (!roleCovers(session.role, access)) {
    throw new PanelError(
      403,
      "forbidden",
      `this needs the role ${access}, and ${session.name} has the role ${session.role}; ask an admin for it`,
    );
  }
  state.openAnswers.add(session.key, reply.raw);
}

/** Nobody is logged in, or no longer. */
export function notLoggedIn(): PanelError {
  return new PanelError(401, "not_logged_in", "log in first");
}
