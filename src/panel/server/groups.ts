import type { AddRoutes } from "./context.ts";

/** The groups of routes of the whole panel, login and what belongs to it apart. */
export const GROUPS: readonly AddRoutes[] = [];

/** Those of them that the dashboard's own port has too: all of their routes ask for the access `dashboard` (A26). */
export const DASHBOARD_GROUPS: readonly AddRoutes[] = [];
