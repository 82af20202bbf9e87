import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Json, TaskCall, TaskRunner } from "../workflow/index.ts";
import { PROCESS_FILE, runHost } from "./job-process.ts";
import { hostsOf, jobResult } from "./job-result.ts";
import { readText } from "./ml-root.ts";
import { isProcessAlive, type ProcessIdentity } from "./process-identity.ts";
import { type Job, parseJob } from "./request.ts";

interface ProcessRunnerOptions {
  /** Local folder for the ML roots; this runner's alone. */
  readonly folder: string;
  /** The job binary's entry, a script for this Node. */
  readonly entry: string;
  /** Seconds between SIGTERM and SIGKILL; SageMaker gives 120. */
  readonly graceSeconds?: number;
  readonly onLog?: (line: JobLine) => void;
  /** Called when a job's last line has been logged, however it ended. */
  readonly onJobEnd?: (job: Job) => Promise<void>;
}

/** A line that a job has printed. */
export interface JobLine {
  readonly job: string;
  /** The workflow's state that the job does the work of; `null` where it is none's. */
  readonly state: string | null;
  readonly host: string;
  /** When it came, ISO 8601. */
  readonly time: string;
  /** Was it printed to stderr? */
  readonly isError: boolean;
  readonly text: string;
}

/**
 * Runs jobs as child processes of this one, an instance each. Progress of host `algo-1` is reported with `host` and `hosts`
 * beside it.
 */
export function processRunner(options: ProcessRunnerOptions): TaskRunner {
  return async (task) => {
    const job = parseJob(task.resource, task.parameters);
    try {
      return await runHosts(job, task, options);
    } finally {
      await options.onJobEnd?.(job);
      await rm(join(options.folder, job.name), { recursive: true, force: true });
    }
  };
}

async function runHosts(job: Job, task: TaskCall, options: ProcessRunnerOptions): Promise<Json> {
  const hosts = hostsOf(job);
  const stop = new AbortController();
  const failures: unknown[] = [];
  const ends = await Promise.all(
    hosts.map((name, index) =>
      runHost({
        job,
        name,
        hosts,
        machineShares: hosts.length,
        folder: join(options.folder, job.name, name),
        entry: options.entry,
        graceSeconds: options.graceSeconds ?? 120,
        signal: AbortSignal.any([task.signal, stop.signal]),
        onProgress: (progress) => {
          task.report({ ...progress, host: index, hosts: hosts.length });
        },
        onLog: (text, isError) => {
          const time = new Date().toISOString();
          options.onLog?.({ job: job.name, state: task.state, host: name, time, isError, text });
        },
      }).catch((error: unknown) => {
        failures.push(error);
        stop.abort(error); // a job fails as a whole
        return undefined;
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return jobResult(
    job,
    ends.filter((end) => end !== undefined),
  );
}

/** Ends the jobs that a runner which died in this folder has left, and waits until they are gone. */
export async function endLeftovers(folder: string): Promise<void> {
  for (const file of await readdir(folder, { recursive: true }).catch(() => [])) {
    if (!file.endsWith(PROCESS_FILE)) continue;
    const text = readText(join(folder, file));
    if (text === undefined || text === "") continue;
    const identity = JSON.parse(text) as ProcessIdentity;
    while (isProcessAlive(identity)) {
      try {
        process.kill(identity.pid, "SIGKILL");
      } catch {
        // It ended by itself in between.
      }
      await new Promise((resume) => setTimeout(resume, 10));
    }
  }
  await rm(folder, { recursive: true, force: true });
}
