export { makeLink } from "./access/index.ts";
export {
  type Access,
  type AddRoutes,
  type PanelCloud,
  type PanelContext,
  PanelError,
  type ResponderControl,
} from "./context.ts";
export { createPanel, type PanelOptions } from "./panel.ts";
export { type RunningSite, serveSite, type SiteOptions } from "./site/index.ts";
export { openPanelState, type PanelState } from "./state/index.ts";
export { addConfigurationRoutes } from "./configuration/index.ts";
export { addDataRoutes } from "./data/index.ts";
export { addExploreRoutes } from "./explore/index.ts";
export { addStackRoutes } from "./stacks/index.ts";
export { addExecutionRoutes, executionRoutes } from "./executions/index.ts";
