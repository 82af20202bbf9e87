import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { parseJob, processRunner } from "../../src/jobs/index.ts";
import type { RunJob } from "./sagemaker-stand-in.ts";

const JOB = fileURLToPath(new URL("../../src/recipe/job.ts", import.meta.url));

/**
 * The product's own jobs, as child processes that take their AWS from this process's environment. What they tell the runner on this
 * machine stands in the log, as it does in a container.
 *
 * @param folder - local, for the jobs' roots
 */
export function realJobs(folder: string, signal: AbortSignal): RunJob {
  return async (resource, parameters, print) => {
    const { kind, name, instanceCount } = parseJob(resource, parameters);
    const hosts = Array.from({ length: instanceCount }, (_, index) => `algo-${index + 1}`);
    const run = processRunner({
      ...{ folder: join(folder, "jobs"), entry: JOB, graceSeconds: 5 },
      onLog: ({ host, text }) => {
        print(kind, name, host, text);
      },
      onJobEnd: () => {
        for (const host of hosts) {
          print(kind, name, host, '{"usage":{"seconds":1,"peakRssBytes":100000000}}');
        }
        return Promise.resolve();
      },
    });
    return run({
      ...{ path: [], state: "job", run: 1, retry: 0, resource, parameters, signal },
      report: (progress) => {
        const { host = 0, ...said } = progress as unknown as { readonly host?: number };
        print(kind, name, hosts[host]!, JSON.stringify({ progress: said }));
      },
    });
  };
}
