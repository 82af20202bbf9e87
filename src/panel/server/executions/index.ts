export { whyNotExecutable } from "./preconditions.ts";
export { addExecutionRoutes, executionRoutes } from "./routes.ts";
