export { addExecutionRoutes, executionRoutes } from "./routes.ts";
