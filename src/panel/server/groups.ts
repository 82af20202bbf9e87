import { addConfigurationRoutes } from "./configuration/index.ts";
import type { AddRoutes } from "./context.ts";
import { addDashboardRoutes } from "./dashboard/index.ts";
import { addDataRoutes } from "./data/index.ts";
import { addExecutionRoutes } from "./executions/index.ts";
import { addExploreRoutes } from "./explore/index.ts";
import { addStackRoutes } from "./stacks/index.ts";
import { addReportRoutes } from "./weekly/index.ts";
import { addWorkerRoutes } from "./workers/index.ts";

/** The groups of routes of the whole panel, login and what belongs to it apart. */
export const GROUPS: readonly AddRoutes[] = [
  addConfigurationRoutes,
  addStackRoutes,
  addDataRoutes,
  addExecutionRoutes,
  addExploreRoutes,
  addDashboardRoutes,
  addReportRoutes,
  addWorkerRoutes,
];

/** Those of them that the dashboard's own port has too: all of their routes ask for the access `dashboard` (A26). */
export const DASHBOARD_GROUPS: readonly AddRoutes[] = [addDashboardRoutes, addReportRoutes];
