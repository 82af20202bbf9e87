import { runJob } from "../jobs/index.ts";
import { publishDataStage, publishStage } from "./publish.ts";
import { stageJob } from "./stage-job.ts";

/** The job binary: `job.ts <name>` runs one stage in the container contract of SageMaker. */
await runJob(process.argv[2], {
  "publish-data": stageJob(publishDataStage),
  publish: stageJob(publishStage),
});
