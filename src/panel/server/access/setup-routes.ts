import type { FastifyInstance } from "fastify";

import { Setup } from "../../../schema/index.ts";
import { PanelError } from "../context.ts";
import { parseBody } from "../parsed.ts";
import type { AccessContext } from "./access-context.ts";
import { beginSession } from "./session-routes.ts";

/** Coming in by a one-time link: the first admin, who was invited, and who gets a new password. */
export function addSetupRoutes(app: FastifyInstance, access: AccessContext): void {
  const { state, passwords, clock, audit } = access;
  app.post(
    "/panel/api/setup",
    { config: { access: "anyone", rateLimit: { max: 30, timeWindow: 60_000 } } },
    async (request, reply) => {
      const { token, name, password } = parseBody(Setup, request);
      if (state.invitations.find(token, clock()) === undefined) {
        audit(request, "setup refused", name, `from ${request.ip}`);
        throw badLink();
      }
      const hashed = await passwords.hash(password);
      const entered = state.together(() => {
        // Looked up again: another request may have used the link while the password was hashed.
        const invited = state.invitations.find(token, clock());
        if (invited === undefined) throw badLink();
        const { role, person } = invited;
        const known = state.people.find(name);
        if (person === undefined) {
          if (known !== undefined) throw wrongName("is taken; choose another");
          state.people.add({ name, role, password: hashed }, clock());
        } else {
          if (known === undefined || person.toLowerCase() !== name.toLowerCase()) {
            throw wrongName(`the link is for ${person}`);
          }
          state.people.setPassword(known.name, hashed);
          state.people.setRole(known.name, role);
          state.sessions.endAllOf(known.name);
        }
        state.invitations.remove(token);
        return { name: known?.name ?? name, role, isNew: person === undefined };
      });
      const session = beginSession(request, reply, entered.name, access);
      audit(request, entered.isNew ? "come in" : "set password anew", entered.name, entered.role);
      return session;
    },
  );
}

function badLink(): PanelError {
  return new PanelError(
    403,
    "bad_link",
    "the link has been used or is older than 24 hours; ask an admin for another, or make one with recsys invite",
  );
}

function wrongName(problem: string): PanelError {
  return new PanelError(409, "conflict", `name: ${problem}`, [{ path: "name", problem }]);
}
