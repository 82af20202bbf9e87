export { addStackRoutes } from "./routes.ts";
