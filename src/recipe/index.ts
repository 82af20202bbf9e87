export { type BenchmarkOptions, type Protocol, PROTOCOLS, runBenchmark } from "./benchmark.ts";
export { whyNotBurnable } from "./burn-order.ts";
export { coreWorkflow, MODEL_REJECTED } from "./core.ts";
export {
  DEFINITIONS,
  type ExecuteOptions,
  executeWorkflow,
  promoteExecution,
  type RedriveOptions,
  retryExecution,
} from "./execute.ts";
export { engineHere, engineOf, type ExecutionEngine } from "./engine.ts";
export { JOB_ENTRY } from "./job-runner.ts";
export { ExecutionEndedError, ExecutionRunningError } from "./execution-lock.ts";
export { checkExecutionName, jobPrefix, type WorkflowName, WORKFLOWS } from "./execution-name.ts";
export {
  type Execution,
  executionPaths,
  isExecutionRunning,
  listExecutions,
  readExecution,
} from "./execution-record.ts";
export { type EvaluationRecord, readEvaluationRecord } from "./evaluation-record.ts";
export { lookElsewhere } from "./follow-elsewhere.ts";
export { jobSpending, type StateSpending } from "./job-spending.ts";
export { levelOf, LOG_LEVELS, type LogLevel, parseLogLine } from "./log-line.ts";
export { isRejection, Promotion, readPromotion } from "./promotion.ts";
export { requireModel } from "./require-model.ts";
export { StepClock, type StepProgress } from "./step-progress.ts";
export { rollback } from "./rollback.ts";
export {
  adoptDeployment,
  type Deployment,
  deployStack,
  latestDeployment,
  readDeployment,
  undeployStack,
} from "./deployment.ts";
export { executionName, nextExecutionName } from "./next-execution-name.ts";
export { runningExecutions } from "./running-executions.ts";
export {
  type PrintedLine,
  readElsewhere,
  type ReadPrints,
  type WorkflowService,
} from "./workflow-service.ts";
export { taskStates } from "./task-states.ts";
export { type StepCost, stepCosts } from "./step-costs.ts";
