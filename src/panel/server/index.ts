export { type AddRoutes, type PanelContext, type ResponderControl } from "./context.ts";
export { addConfigurationRoutes } from "./configuration/index.ts";
export { addDataRoutes } from "./data/index.ts";
export { addExploreRoutes } from "./explore/index.ts";
export { addStackRoutes } from "./stacks/index.ts";
