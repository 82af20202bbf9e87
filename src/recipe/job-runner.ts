import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { ClusterError, openCluster } from "../cluster/index.ts";
import { type Job, endLeftovers, type JobLine, processRunner } from "../jobs/index.ts";
import type { RecSysConfig } from "../schema/index.ts";
import type { TaskRunner } from "../workflow/index.ts";
import type { WorkflowName } from "./execution-name.ts";
import type { ExecutionInput } from "./execution-record.ts";

/** The job binary's entry: a script for this Node. */
export const JOB_ENTRY = fileURLToPath(new URL("./job.ts", import.meta.url));

/** Where an execution's jobs run. */
export interface JobRunnerOptions {
  readonly workflow: WorkflowName;
  readonly input: ExecutionInput;
  /** The execution's own: it says what runs jobs. */
  readonly config: RecSysConfig;
  /** Address of the Redis server where workers are met. */
  readonly redis: string | undefined;
  /** By default the product's own. */
  readonly jobEntry: string | undefined;
  readonly onLog: (line: JobLine) => void;
  /** Called when a job's last line has been logged, however it ended. */
  readonly onJobEnd: (job: Job) => Promise<void>;
}

export interface JobRunner {
  readonly runTask: TaskRunner;
  /** The execution is at its end, or left to whoever resumes it. */
  readonly close: () => Promise<void>;
}

/**
 * Child processes of this one, or the workers of a cluster, as the execution's configuration says.
 *
 * @throws ClusterError if there is no cluster where there must be one
 */
export async function openJobRunner(options: JobRunnerOptions): Promise<JobRunner> {
  const { input, config, redis, jobEntry = JOB_ENTRY, onLog, onJobEnd } = options;
  if (config.runner === "bullmq") {
    if (redis === undefined) {
      throw new ClusterError(
        `the execution's runner is bullmq: say where Redis is, with --redis URL or REDIS_URL`,
      );
    }
    const cluster = await openCluster({ redis, bucket: input.bucket, prefix: input.prefix });
    return { runTask: cluster.runner({ onLog, onJobEnd }), close: () => cluster.close() };
  }
  const folder = localFolder(options);
  await endLeftovers(folder);
  return {
    runTask: processRunner({ folder, entry: jobEntry, onLog, onJobEnd }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Where this execution's jobs have their ML roots: the same for the process that resumes it. */
function localFolder({ workflow, input }: JobRunnerOptions): string {
  const { bucket, prefix, execution } = input;
  const place = createHash("sha256").update(`${bucket}\n${prefix}`).digest("hex").slice(0, 12);
  return join(tmpdir(), `recsys-jobs-${place}-${workflow}-${execution}`);
}
