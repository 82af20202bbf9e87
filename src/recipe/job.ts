import { type JobHandler, runJob } from "../jobs/index.ts";
import type { JobName } from "./job-names.ts";
import { publishDataStage, publishStage } from "./publish.ts";
import { stageJob, verdict } from "./stage-job.ts";

/*
 * The job binary: `job.ts <name>` runs one stage in the container contract of SageMaker. A stage's code
 * is loaded by the job that runs it, so that no job carries the libraries of another in its memory.
 */

/** Loads a job's code, then runs it. */
function lazily(load: () => Promise<JobHandler>): JobHandler {
  return async (run) => (await load())(run);
}

const JOBS: Readonly<Record<JobName, JobHandler>> = {
  collect: lazily(async () => stageJob((await import("../collector/index.ts")).collectStage)),
  assemble: lazily(async () => stageJob((await import("../collector/index.ts")).assembleStage)),
  measure: lazily(async () => stageJob((await import("../kpi/index.ts")).measureStage)),
  "publish-data": stageJob(publishDataStage),
  train: lazily(async () => stageJob((await import("../core/index.ts")).trainStage)),
  evaluate: lazily(async () => stageJob((await import("../core/index.ts")).evaluateStage)),
  compare: lazily(async () => stageJob((await import("../core/index.ts")).compareStage, verdict)),
  refit: lazily(async () => stageJob((await import("../core/index.ts")).refitStage)),
  round: lazily(async () => stageJob((await import("../core/index.ts")).roundStage)),
  average: lazily(async () => stageJob((await import("../core/index.ts")).averageStage)),
  transform: lazily(async () => stageJob((await import("../core/index.ts")).transformStage)),
  merge: lazily(async () => stageJob((await import("../core/index.ts")).mergeStage)),
  publish: stageJob(publishStage),
};

await runJob(process.argv[2], JOBS);
