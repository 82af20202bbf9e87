import type { FastifyInstance } from "fastify";

import type { AccessContext } from "./access-context.ts";
import { addAuditRoutes } from "./audit-routes.ts";
import { addPeopleRoutes } from "./people-routes.ts";
import { addSessionRoutes } from "./session-routes.ts";
import { addSetupRoutes } from "./setup-routes.ts";

export type { AccessContext } from "./access-context.ts";
export { addGuard, notLoggedIn } from "./guard.ts";
export { createPasswords } from "./passwords.ts";
export { sessionCookie } from "./session-cookie.ts";
export { firstAdminLink, makeLink } from "./setup-link.ts";

/** Login and what belongs to it; on the dashboard's own port only what is one's own. */
export function addAccessRoutes(app: FastifyInstance, access: AccessContext): void {
  addSessionRoutes(app, access);
  addSetupRoutes(app, access);
  if (access.dashboardOnly) return;
  addPeopleRoutes(app, access);
  addAuditRoutes(app, access);
}
