import type { Role } from "../../../schema/index.ts";

/** The roles, each of which may do all that the one before it may. */
export const ROLES: readonly Role[] = ["dashboard", "viewer", "operator", "admin"];
