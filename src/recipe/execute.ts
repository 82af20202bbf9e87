import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { endLeftovers, processRunner } from "../jobs/index.ts";
import type { RecSysConfig } from "../schema/index.ts";
import type { Bucket } from "../storage/index.ts";
import {
  type Outcome,
  runWorkflow,
  type TaskRunner,
  type Workflow,
  type WorkflowEvent,
} from "../workflow/index.ts";
import { bucketJournal } from "./bucket-journal.ts";
import { collectorWorkflow } from "./collector.ts";
import { coreWorkflow } from "./core.ts";
import { ExecutionEndedError, lockExecution } from "./execution-lock.ts";
import { checkExecutionName, jobPrefix, type WorkflowName } from "./execution-name.ts";
import { type ExecutionInput, executionPaths, readExecution } from "./execution-record.ts";
import { JobLogs } from "./job-logs.ts";
import { pinInputs } from "./pin-inputs.ts";

export interface ExecuteOptions {
  /** A folder bucket whose prefix is the configuration's `bucketPrefix`. */
  readonly bucket: Bucket;
  readonly workflow: WorkflowName;
  readonly name: string;
  readonly config: RecSysConfig;
  /** Stops the execution for good. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: WorkflowEvent) => void;
  /** Core only: use this execution's model instead of training one. */
  readonly modelExecution?: string;
  /**
   * The job binary's entry.
   *
   * @default the product's own
   */
  readonly jobEntry?: string;
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
 */
export async function executeWorkflow(options: ExecuteOptions): Promise<Outcome> {
  const { bucket, workflow, name, signal, onEvent } = options;
  checkExecutionName(name);
  const paths = executionPaths(workflow, name);
  const release = await lockExecution(bucket, workflow, name);
  try {
    const known = await readExecution(bucket, workflow, name);
    if (known?.outcome !== undefined) {
      throw new ExecutionEndedError(
        `the ${workflow} execution "${name}" has ${known.outcome.status} at ${known.endedAt ?? "?"}; ` +
          `choose another name`,
      );
    }
    const input = known?.input ?? (await startRecord(options));
    const folder = localFolder(input, workflow, name);
    await endLeftovers(folder);
    const logs = new JobLogs(bucket, paths.logs);
    const outcome = await runWorkflow(DEFINITIONS[workflow], input, {
      name,
      runTask: localJobs(options, folder, logs),
      journal: bucketJournal(bucket, paths.journal),
      ...(signal === undefined ? {} : { signal }),
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    await rm(folder, { recursive: true, force: true });
    return outcome;
  } finally {
    await release();
  }
}

/** Writes what the execution is started with; `input.json` comes last and makes the name taken. */
async function startRecord(options: ExecuteOptions): Promise<ExecutionInput> {
  const { bucket, workflow, name, config, modelExecution } = options;
  const paths = executionPaths(workflow, name);
  const input: ExecutionInput = {
    bucket: resolve(bucket.url),
    prefix: config.bucketPrefix,
    jobPrefix: jobPrefix(name),
    instances: config.instances,
    rounds: Array.from(
      { length: config.instances.training.instanceCount === 1 ? 0 : config.training.rounds },
      (_, round) => round,
    ),
    inputs: await pinInputs(bucket, workflow, modelExecution),
  };
  await bucket.write(paths.config, JSON.stringify(config, null, 2));
  await bucket.write(paths.input, JSON.stringify(input, null, 2));
  return input;
}

function localJobs({ jobEntry }: ExecuteOptions, folder: string, logs: JobLogs): TaskRunner {
  return processRunner({
    folder,
    entry: jobEntry ?? fileURLToPath(new URL("./job.ts", import.meta.url)),
    onLog: (job, host, line) => {
      logs.add(job, host, line);
    },
    onJobEnd: (job) => logs.close(job),
  });
}

/** Where this execution's jobs have their ML roots: the same for the process that resumes it. */
function localFolder({ bucket, prefix }: ExecutionInput, workflow: string, name: string): string {
  const place = createHash("sha256").update(`${bucket}\n${prefix}`).digest("hex").slice(0, 12);
  return join(tmpdir(), `recsys-jobs-${place}-${workflow}-${name}`);
}
