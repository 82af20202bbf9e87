import { executeWorkflow, type WorkflowName } from "../../src/recipe/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { folderBucket } from "../../src/storage/index.ts";

/* A process of its own that executes a workflow, so that tests can kill it: folder, workflow, name, job entry. */
const [, , folder, workflow, name, jobEntry] = process.argv;
const config = RecSysConfig.parse({ instances: { transform: { instanceCount: 2 } } });
const outcome = await executeWorkflow({
  bucket: folderBucket(folder!, config.bucketPrefix),
  workflow: workflow as WorkflowName,
  name: name!,
  config,
  ...(jobEntry === undefined ? {} : { jobEntry }),
  onEvent: (event) => {
    console.log(JSON.stringify(event));
  },
});
console.log(JSON.stringify({ outcome }));
