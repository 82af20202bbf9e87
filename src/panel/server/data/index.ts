export { listRawFiles, missingRawFiles } from "./raw-files.ts";
export { addDataRoutes } from "./routes.ts";
