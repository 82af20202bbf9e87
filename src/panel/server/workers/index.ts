export { addWorkerRoutes } from "./routes.ts";
