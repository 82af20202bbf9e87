export { type ExportedFile, exportedFiles } from "./export-model.ts";
