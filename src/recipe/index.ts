export { type BenchmarkOptions, type Protocol, PROTOCOLS, runBenchmark } from "./benchmark.ts";
export { coreWorkflow, MODEL_REJECTED } from "./core.ts";
export { DEFINITIONS, type ExecuteOptions, executeWorkflow } from "./execute.ts";
export { ExecutionEndedError, ExecutionRunningError } from "./execution-lock.ts";
export { checkExecutionName, type WorkflowName, WORKFLOWS } from "./execution-name.ts";
export { type Execution, listExecutions, readExecution } from "./execution-record.ts";
export { rollback } from "./rollback.ts";
export { type Deployment, deployStack, readDeployment, undeployStack } from "./deployment.ts";
