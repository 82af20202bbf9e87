export { addReportRoutes } from "./routes.ts";
export { keepWritingReports } from "./keep-writing.ts";
