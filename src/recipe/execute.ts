import type { JobLine } from "../jobs/index.ts";
import { DataError, type RecSysConfig } from "../schema/index.ts";
import {
  type Outcome,
  type Redirection,
  runWorkflow,
  type Workflow,
  type WorkflowEvent,
} from "../workflow/index.ts";
import { bucketJournal } from "./bucket-journal.ts";
import { collectorWorkflow } from "./collector.ts";
import { coreWorkflow } from "./core.ts";
import { keepEvaluationRecord } from "./evaluation-record.ts";
import { ExecutionEndedError, lockExecution } from "./execution-lock.ts";
import { checkExecutionName, type WorkflowName } from "./execution-name.ts";
import {
  type Execution,
  type ExecutionInput,
  executionPaths,
  readExecution,
} from "./execution-record.ts";
import { JobLogs } from "./job-logs.ts";
import { openJobRunner } from "./job-runner.ts";
import { requireKept } from "./require-kept.ts";
import { behindTheGate, isRejection, keepPromotion, type Promotion } from "./promotion.ts";
import { type StartOrder, startRecord } from "./start-record.ts";
import { readElsewhere } from "./workflow-service.ts";

export interface ExecuteOptions extends StartOrder {
  /** Stops the execution for good; it can be {@link retryExecution | retried}. */
  readonly signal?: AbortSignal;
  /** Stops its jobs and leaves it as a crash would: the same call resumes it. */
  readonly suspend?: AbortSignal;
  readonly onEvent?: (event: WorkflowEvent) => void;
  /** Told each line that a job prints, as it comes; the log in the bucket is there when the job has ended. */
  readonly onLog?: (line: JobLine) => void;
  /**
   * The job binary's entry.
   *
   * @default the product's own
   */
  readonly jobEntry?: string;
  /** Address of the Redis server where the workers are met that run the jobs of a configuration with `runner: bullmq`. */
  readonly redis?: string | undefined;
}

export const DEFINITIONS: Readonly<Record<WorkflowName, Workflow>> = {
  collector: collectorWorkflow,
  core: coreWorkflow,
};

/**
 * Runs the collector or the core workflow on this machine, or resumes the execution of that name
 * if its process has died. A resumed execution keeps the configuration and inputs it was started with.
 *
 * @throws ExecutionRunningError if a living process runs it
 * @throws ExecutionEndedError if it has ended
 * @throws DataError if the name is not allowed, or what it must read is missing
 * @throws the reason of `suspend`, if that is aborted before the end
 */
export async function executeWorkflow(options: ExecuteOptions): Promise<Outcome> {
  const { workflow, name } = options;
  checkExecutionName(name);
  return locked(options, async (known) => {
    refuseEnded(workflow, name, known);
    if (known !== undefined) return known;
    return { input: await startRecord(options), config: options.config };
  });
}

/** @throws ExecutionEndedError if the execution has ended */
export function refuseEnded(
  workflow: WorkflowName,
  name: string,
  known: Execution | undefined,
): void {
  if (known?.outcome === undefined) return;
  throw new ExecutionEndedError(
    `the ${workflow} execution "${name}" has ${known.outcome.status} at ${known.endedAt ?? "?"}; ` +
      `choose another name${hintFor(known.outcome)}`,
  );
}

/** What else can be done with an execution that has gone wrong. */
function hintFor(outcome: Outcome): string {
  if (outcome.status === "succeeded") return "";
  return isRejection(outcome)
    ? ", or promote its model"
    : ", or retry it: that goes on from the state it was in";
}

/** What is asked of an execution that there is: its configuration and its inputs are settled. */
export type RedriveOptions = Omit<ExecuteOptions, "config" | "modelExecution">;

/**
 * Lets an execution that failed or was stopped go on from the state that it was in, with the configuration and
 * the inputs it was started with: finished states are kept, retries counted anew. One that died is resumed.
 *
 * @throws ExecutionRunningError if a living process runs it
 * @throws ExecutionEndedError if it has succeeded, or its model was rejected: trying again changes nothing
 * @throws DataError if there is no such execution, or what it would go on with is gone
 * @throws the reason of `suspend`, if that is aborted before the end
 */
export function retryExecution(options: RedriveOptions): Promise<Outcome> {
  return locked(options, async (known) => {
    const execution = existing(known, options);
    const { outcome, input, config } = execution;
    requireRetryable(options.workflow, options.name, outcome);
    await requireKept(options.bucket, execution);
    return { input, config, redrive: {} };
  });
}

/** @throws ExecutionEndedError if trying the execution again would change nothing */
export function requireRetryable(
  workflow: WorkflowName,
  name: string,
  outcome: Outcome | undefined,
): void {
  if (outcome?.status === "succeeded") {
    throw new ExecutionEndedError(
      `the ${workflow} execution "${name}" has succeeded: there is nothing to retry`,
    );
  }
  if (isRejection(outcome)) {
    throw new ExecutionEndedError(
      `the model of "${name}" was rejected, and would be again; promote it, or execute anew`,
    );
  }
}

/** A core execution whose model was rejected, and who wants it served all the same. */
export type PromoteOptions = Omit<RedriveOptions, "workflow"> & { readonly promotion: Promotion };

/**
 * Serves a rejected model all the same: keeps who wanted that and why, then goes on behind the gate. The
 * evaluation stays as it was.
 *
 * @throws ExecutionRunningError if a living process runs it
 * @throws DataError if there is no such execution, its model was not rejected, or it is no longer kept
 * @throws the reason of `suspend`, if that is aborted before the end
 */
export function promoteExecution(options: PromoteOptions): Promise<Outcome> {
  const { promotion, ...rest } = options;
  const core = { ...rest, workflow: "core" } as const;
  return locked(core, async (known) => {
    const execution = existing(known, core);
    const from = await behindTheGate(options.bucket, execution);
    await keepPromotion(options.bucket, options.name, promotion);
    return { input: execution.input, config: execution.config, redrive: { from } };
  });
}

/** Runs an execution as the only process that does; `prepare` decides how, from what is known of it. */
async function locked(
  options: RedriveOptions,
  prepare: (known: Execution | undefined) => RunPlan | Promise<RunPlan>,
): Promise<Outcome> {
  const { bucket, workflow, name, signal, suspend, onEvent } = options;
  const paths = executionPaths(workflow, name);
  const elsewhere = await readElsewhere(bucket, workflow, name);
  if (elsewhere !== undefined) {
    throw new DataError(
      { file: paths.folder },
      `"${name}" is an execution of ${elsewhere.place}, not of a process of its own; use --target aws`,
    );
  }
  const lock = await lockExecution(bucket, workflow, name);
  try {
    const { input, config, redrive } = await prepare(await readExecution(bucket, workflow, name));
    const logs = new JobLogs(bucket, paths.logs);
    const jobs = await openJobRunner({
      ...{ workflow, input, config, redis: options.redis, jobEntry: options.jobEntry },
      onLog: (line) => {
        logs.add(line);
        options.onLog?.(line);
      },
      onJobEnd: (job) => logs.close(job.name),
    });
    let outcome: Outcome;
    try {
      outcome = await runWorkflow(DEFINITIONS[workflow], input, {
        name,
        runTask: jobs.runTask,
        journal: bucketJournal(bucket, paths.journal),
        ...(signal === undefined ? {} : { signal }),
        suspend: suspend === undefined ? lock.lost : AbortSignal.any([suspend, lock.lost]),
        ...(redrive === undefined ? {} : { redrive }),
        ...(onEvent === undefined ? {} : { onEvent }),
      });
    } finally {
      await jobs.close();
    }
    if (workflow === "core") await keepEvaluationRecord(bucket, name, config);
    return outcome;
  } finally {
    await lock.release();
  }
}

interface RunPlan {
  readonly input: ExecutionInput;
  readonly config: RecSysConfig;
  readonly redrive?: { readonly from?: Redirection };
}

/** @throws DataError if there is no such execution */
export function existing(
  known: Execution | undefined,
  { workflow, name }: Pick<ExecuteOptions, "workflow" | "name">,
): Execution {
  if (known !== undefined) return known;
  throw new DataError(
    { file: executionPaths(workflow, name).folder },
    `there is no ${workflow} execution "${name}"; "recsys status" lists those that there are`,
  );
}
