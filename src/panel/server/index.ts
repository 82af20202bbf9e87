export { type AddRoutes, type PanelContext, type ResponderControl } from "./context.ts";
