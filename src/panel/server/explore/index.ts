export { addExploreRoutes } from "./routes.ts";
