import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { Login, type PanelSession, PasswordChange } from "../../../schema/index.ts";
import { PanelError } from "../context.ts";
import { parseBody } from "../parsed.ts";
import { csrfTokenOf } from "./csrf.ts";
import { notLoggedIn } from "./guard.ts";
import { createLoginAttempts } from "./login-attempts.ts";
import type { AccessContext } from "./access-context.ts";

const PATH = "/panel/api/session";

/** Login, who is logged in, logout, and one's own password. */
export function addSessionRoutes(app: FastifyInstance, access: AccessContext): void {
  const { state, cookie, passwords, clock, audit } = access;
  const attempts = createLoginAttempts(state);

  const refuse = (request: FastifyRequest, name: string, why: string): void => {
    audit(request, "login refused", name, `${why}, from ${request.ip}`);
  };

  const limited = { rateLimit: { max: 60, timeWindow: 60_000 } };
  app.post(PATH, { config: { access: "anyone", ...limited } }, async (request, reply) => {
    const { name, password } = parseBody(Login, request);
    let succeeded: () => void;
    try {
      succeeded = attempts.begin(name, request.ip, clock());
    } catch (error) {
      refuse(request, name, error instanceof PanelError ? error.message : "it failed");
      throw error;
    }
    const account = state.people.find(name);
    if (!(await passwords.matches(password, account?.password)) || account === undefined) {
      refuse(request, name, "name or password is wrong");
      throw new PanelError(401, "wrong_login", "name or password is wrong");
    }
    succeeded();
    const session = beginSession(request, reply, account.name, access);
    audit(request, "login", account.name, `from ${request.ip}`);
    return session;
  });

  app.get(PATH, { config: { access: "dashboard" } }, (request) => sessionOf(request, access));

  app.delete(PATH, { config: { access: "dashboard" } }, (request, reply) => {
    if (request.sessionKey !== null) state.sessions.end(request.sessionKey);
    cookie.clear(reply);
    audit(request, "logout", request.visitor?.name ?? "");
    return reply.code(204).send();
  });

  app.post(
    "/panel/api/password",
    { config: { access: "dashboard", ...limited } },
    async (request, reply) => {
      const { current, next } = parseBody(PasswordChange, request);
      const name = request.visitor?.name ?? "";
      const succeeded = attempts.begin(name, request.ip, clock());
      if (!(await passwords.matches(current, state.people.find(name)?.password))) {
        audit(request, "password change refused", name, `from ${request.ip}`);
        const fields = [{ path: "current", problem: "is not the password until now" }];
        throw new PanelError(400, "invalid", "the password until now is wrong", fields);
      }
      succeeded();
      const hashed = await passwords.hash(next);
      state.together(() => {
        state.people.setPassword(name, hashed);
        state.sessions.endAllOf(name);
        state.invitations.removeAllOf(name);
      });
      audit(request, "change password", name);
      return beginSession(request, reply, name, access);
    },
  );
}

/** Logs somebody in anew; the session of the browser until now ends. */
export function beginSession(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  access: AccessContext,
): PanelSession {
  const { state, cookie, clock } = access;
  const before = cookie.read(request);
  const earlier = before === undefined ? undefined : state.sessions.use(before, clock());
  if (earlier !== undefined) state.sessions.end(earlier.key);
  const role = state.people.find(name)?.role;
  if (role === undefined) throw notLoggedIn(); // removed while the password was checked
  request.sessionId = state.sessions.begin(name, clock());
  request.visitor = { name, role };
  cookie.write(reply, request.sessionId);
  return sessionOf(request, access);
}

function sessionOf(
  { visitor, sessionId }: FastifyRequest,
  { version, dashboardOnly }: AccessContext,
): PanelSession {
  if (visitor === null || sessionId === null) throw notLoggedIn();
  return { ...visitor, csrfToken: csrfTokenOf(sessionId), version, dashboardOnly };
}
