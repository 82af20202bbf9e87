import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { processRunner } from "../../src/jobs/index.ts";
import type { RunJob } from "./sagemaker-stand-in.ts";

const JOB = fileURLToPath(new URL("../../src/recipe/job.ts", import.meta.url));

/**
 * The product's own jobs, as child processes that take their AWS from this process's environment.
 *
 * @param folder - local, for the jobs' roots
 */
export function realJobs(folder: string, signal: AbortSignal): RunJob {
  const run = processRunner({ folder: join(folder, "jobs"), entry: JOB, graceSeconds: 5 });
  return (resource, parameters) =>
    run({
      ...{ path: [], state: "job", run: 1, retry: 0 },
      ...{ resource, parameters, signal, report: () => undefined },
    });
}
