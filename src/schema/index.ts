export { FileEntry, Manifest, Pointer, STAGE_FOLDERS, type StageFolder } from "./artefact.ts";
export { CollectorConfig } from "./config/collector.ts";
export { RecSysConfig } from "./config/config.ts";
export { EvaluationConfig, GATE_METRICS, TrainingConfig, TransformConfig } from "./config/core.ts";
export { InstanceConfig, InstancesConfig } from "./config/instances.ts";
export { ResponderConfig } from "./config/responder.ts";
export { DataError, type Place } from "./data-error.ts";
export { FEATURE_TYPES, FeatureColumn, PART, ProcessedDataContent } from "./processed-data.ts";
export type { Progress, StageRun } from "./stage.ts";
