export { collectStage } from "./collect-stage.ts";
export { reportLines } from "./report/report-lines.ts";
export type { CollectorRun } from "./run.ts";
export { validateRawFiles } from "./validate.ts";
