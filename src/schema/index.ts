export {
  ApiError,
  ItemRecommendation,
  listsById,
  PopularItem,
  Ready,
  UserRecommendation,
} from "./api/answers.ts";
export { parseIdList } from "./api/id-list.ts";
export {
  type ParameterLimits,
  type ParameterSource,
  RankBy,
  recommendationParameters,
  type RecommendationType,
} from "./api/parameters.ts";
export { FileEntry, Manifest, Pointer, STAGE_FOLDERS, type StageFolder } from "./artefact.ts";
export { BENCHMARK_METRICS, BenchmarkResult } from "./benchmark.ts";
export { CalibratorParameters } from "./calibrator.ts";
export { ClusterWorker, ListedWorker, RunningShard, WorkersView } from "./cluster.ts";
export { CollectorConfig } from "./config/collector.ts";
export { RecSysConfig } from "./config/config.ts";
export { DashboardConfig } from "./config/dashboard.ts";
export { REPORT_DAYS, type ReportsConfig } from "./config/reports.ts";
export { ScoringModel } from "./scoring.ts";
export { type ScoringAnswer, ScoringQuestion } from "./scoring-question.ts";
export { EvaluationConfig, GATE_METRICS, TrainingConfig, TransformConfig } from "./config/core.ts";
export { InstanceConfig, InstancesConfig } from "./config/instances.ts";
export { PanelConfig } from "./config/panel.ts";
export { ResponderConfig } from "./config/responder.ts";
export {
  CHARTS,
  DashboardDescription,
  DashboardScope,
  FILTERS,
  KpiAnswer,
  KpiDescription,
  KpiPoint,
  KpiSeries,
  NEEDS,
  TableCell,
  UNITS,
} from "./dashboard.ts";
export { DataError, type Place } from "./data-error.ts";
export {
  CalibrationEvaluation,
  CalibrationGroup,
  Difference,
  Estimate,
  Estimates,
  Evaluation,
  GateDecision,
  type GateMetric,
  ScorerEvaluation,
  type ShownItem,
  Slice,
  type UserExample,
} from "./evaluation.ts";
export { FEATURE_TYPES, FeatureColumn, PART, ProcessedDataContent } from "./processed-data.ts";
export { Day, KpiContent, Missing } from "./kpi-content.ts";
export { ITEM_LISTS, ServingContent, USER_LISTS } from "./serving.ts";
export { TEST_FILE_SPLIT } from "./split.ts";
export { type FitName, FITS, type Progress, type Round, type StageRun } from "./stage.ts";
export { Vocabulary, VocabularyToken } from "./vocabulary.ts";
export { assignmentLayer } from "./config/assignments.ts";
export { ConfigError, type ConfigProblem } from "./config/config-error.ts";
export { environmentLayer, variableOf } from "./config/environment.ts";
export { jsonLayer } from "./config/json-layer.ts";
export { type ConfigEntry, type ConfigLayer, layerOfEntries } from "./config/layer.ts";
export { type ResolvedConfig, resolveConfig, unknownSetting, valueAt } from "./config/resolve.ts";
export { type Setting, SETTINGS } from "./config/settings.ts";
export {
  CollectorReport,
  DataWarning,
  Decision,
  FeatureReport,
  FileReport,
  RowProblem,
  type Rule,
  RULES,
} from "./collector-report.ts";
export {
  IMPRESSION_COLUMNS,
  type ImpressionColumn,
  INTERACTION_COLUMNS,
  type InteractionColumn,
  RAW_FILES,
  RAW_FOLDER,
  rawFileForms,
  REQUIRED_IMPRESSION_COLUMNS,
  REQUIRED_INTERACTION_COLUMNS,
  REQUIRED_RAW_FILES,
} from "./raw/files.ts";
export {
  ApiKey,
  AuditEntry,
  AuditPage,
  Invitation,
  InvitationLink,
  Login,
  MadeApiKey,
  NewApiKey,
  PanelSession,
  PasswordChange,
  Person,
  Role,
  RoleChange,
  roleCovers,
  ROLES,
  Setup,
} from "./panel/access.ts";
export {
  AccountNames,
  Customization,
  DraftChange,
  SettingField,
  SettingGroup,
  StepEstimate,
} from "./panel/configuration.ts";
export {
  DataCheck,
  DataReport,
  DataReportQuery,
  DescriptionAnswer,
  FeatureDescription,
  FilePreview,
  FolderImport,
  RawData,
  RawFile,
} from "./panel/data.ts";
export {
  ExecutionComparison,
  ExecutionFilter,
  ExecutionOrder,
  ExecutionStatus,
  ExecutionSummary,
  ExecutionView,
  GraphState,
  LogFilter,
  LogLine,
  Promotion,
  RollBack,
  SHORTEST_REASON,
  StateAttempt,
  StateProgress,
  type Spending,
  StateStanding,
  WorkflowKind,
} from "./panel/executions.ts";
export { EntityHit, ExplainedItem, ItemPage, UserPage, WhyNot } from "./panel/explore.ts";
export { ModelSummary } from "./panel/models.ts";
export { WeeklyReports } from "./panel/reports.ts";
export { PanelProblem } from "./panel/problem.ts";
export {
  BurnOrder,
  BurnPlan,
  BurnProgress,
  Overview,
  Permission,
  Stack,
  StackName,
  STACKS,
  type ChangePlan,
  type CloudEvent,
  type CloudStack,
  type CloudWork,
  DeployOrder,
  type DriftReport,
} from "./panel/stacks.ts";
