export { NoFiguresError } from "./dashboard/current-rollups.ts";
export { type Dashboard, openDashboard } from "./dashboard/open-dashboard.ts";
export type { DashboardOptions } from "./dashboard/rollup-database.ts";
export { ScopeError } from "./dashboard/scope.ts";
export { measureStage } from "./measure-stage.ts";
