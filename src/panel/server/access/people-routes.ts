import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { Invitation, RoleChange } from "../../../schema/index.ts";
import { PanelError } from "../context.ts";
import { parseBody, parsed } from "../parsed.ts";
import type { AccessContext } from "./access-context.ts";
import { makeLink } from "./setup-link.ts";

const PATH = "/panel/api/people";
const Named = z.object({ name: z.string() });

/** Who may come in: list, invite, change roles, reset passwords, remove. */
export function addPeopleRoutes(app: FastifyInstance, access: AccessContext): void {
  const { state, clock, audit, publicUrl } = access;
  const config = { access: "admin" } as const;

  const found = (params: unknown) => {
    const { name } = parsed(Named, params);
    const account = state.people.find(name);
    if (account === undefined)
      throw new PanelError(404, "not_found", `there is nobody called ${name}`);
    return account;
  };
  const keepAnAdmin = (): void => {
    if (state.people.admins() > 0) return;
    throw new PanelError(
      409,
      "conflict",
      "somebody must remain admin; make another person admin first",
    );
  };

  app.get(PATH, { config }, () => state.people.list());

  app.post(PATH, { config }, (request) => {
    const { role } = parseBody(Invitation, request);
    audit(request, "invite", role);
    const by = request.visitor?.name ?? "";
    return makeLink(state, publicUrl(), { role, by, now: clock() });
  });

  app.post(`${PATH}/:name/reset`, { config }, (request) => {
    const { name: person, role } = found(request.params);
    audit(request, "reset password", person);
    const by = request.visitor?.name ?? "";
    return makeLink(state, publicUrl(), { role, person, by, now: clock() });
  });

  app.patch(`${PATH}/:name`, { config }, (request, reply) => {
    const { role } = parseBody(RoleChange, request);
    const { name, role: before } = found(request.params);
    state.together(() => {
      state.people.setRole(name, role);
      keepAnAdmin();
      state.sessions.endAllOf(name);
      state.invitations.removeAllOf(name);
    });
    audit(request, "change role", name, `${before} → ${role}`);
    return reply.code(204).send();
  });

  app.delete(`${PATH}/:name`, { config }, (request, reply) => {
    const { name } = found(request.params);
    state.together(() => {
      state.people.remove(name);
      keepAnAdmin();
      state.invitations.removeAllOf(name);
    });
    audit(request, "remove person", name);
    return reply.code(204).send();
  });
}
