import { executeWorkflow, type WorkflowName } from "../../src/recipe/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { folderBucket } from "../../src/storage/index.ts";

/*
 * A process of its own that executes a workflow, so that it can be killed. With DIE_IN=<state> it kills
 * itself with -9 when it has entered that state, DIE_AFTER_MS later.
 */
const { DIE_IN, DIE_AFTER_MS = "0" } = process.env;
const [, , folder, workflow, name, settings, jobEntry] = process.argv;
const config = RecSysConfig.parse(JSON.parse(settings!));
await executeWorkflow({
  bucket: folderBucket(folder!, config.bucketPrefix),
  workflow: workflow as WorkflowName,
  name: name!,
  config,
  ...(jobEntry === undefined ? {} : { jobEntry }),
  onEvent: (event) => {
    if (event.type !== "StateEntered" || event.state !== DIE_IN) return;
    const die = (): boolean => process.kill(process.pid, "SIGKILL");
    if (DIE_AFTER_MS === "0") die();
    else setTimeout(die, Number(DIE_AFTER_MS));
  },
});
