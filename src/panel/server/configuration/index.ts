export { readDraft } from "./draft.ts";
export { addConfigurationRoutes } from "./routes.ts";
