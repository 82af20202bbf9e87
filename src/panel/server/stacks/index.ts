export { whyNotExecutable } from "./permissions.ts";
export { addStackRoutes } from "./routes.ts";
