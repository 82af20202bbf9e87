import type { Outcome } from "../workflow/index.ts";
import {
  executeWorkflow,
  type ExecuteOptions,
  promoteExecution,
  type PromoteOptions,
  type RedriveOptions,
  retryExecution,
} from "./execute.ts";
import { executeElsewhere, promoteElsewhere, retryElsewhere } from "./execute-elsewhere.ts";
import type { WorkflowService } from "./workflow-service.ts";

/** Who runs executions. Records, events and outcomes are the same whoever it is. */
export interface ExecutionEngine {
  /** Runs an execution to its end, or goes on with the one of that name. */
  readonly execute: (options: ExecuteOptions) => Promise<Outcome>;
  /** Lets one that failed or was stopped go on from the state that it was in. */
  readonly retry: (options: RedriveOptions) => Promise<Outcome>;
  /** Serves a rejected model all the same. */
  readonly promote: (options: PromoteOptions) => Promise<Outcome>;
}

/**
 * This process, with a child process for each instance; or the workers met at a Redis server, for executions whose configuration
 * says so.
 */
export function engineHere(redis?: string): ExecutionEngine {
  return {
    execute: (options) => executeWorkflow({ ...options, redis }),
    retry: (options) => retryExecution({ ...options, redis }),
    promote: (options) => promoteExecution({ ...options, redis }),
  };
}

/** A service that runs workflows by itself; whoever waits for an execution here only follows it. */
export function engineOf(service: WorkflowService): ExecutionEngine {
  return {
    execute: (options) => executeElsewhere(service, options),
    retry: (options) => retryElsewhere(service, options),
    promote: (options) => promoteElsewhere(service, options),
  };
}
