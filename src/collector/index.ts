export { assembleStage, collectStage } from "./collect-stage.ts";
export { reportLines } from "./report/report-lines.ts";
export type { CollectorRun } from "./run.ts";
export { validateRawFiles } from "./validate.ts";
export {
  type Preview,
  type PreviewColumn,
  previewRawFile,
  proposeFeatureDescription,
  readFeatureDescription,
  renderFeatureDescription,
} from "./preview/preview.ts";
