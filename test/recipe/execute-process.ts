import { executeWorkflow, type WorkflowName } from "../../src/recipe/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { folderBucket } from "../../src/storage/index.ts";

/*
 * A process of its own that executes a workflow, so that it can be killed. With DIE_IN=<state> it kills
 * itself with -9 in that state: when its job reports progress, or DIE_AFTER_MS after the state was entered.
 */
const { DIE_IN, DIE_AFTER_MS } = process.env;
const die = (): boolean => process.kill(process.pid, "SIGKILL");
const [, , folder, workflow, name, settings, jobEntry, redis] = process.argv;
const config = RecSysConfig.parse(JSON.parse(settings!));
await executeWorkflow({
  bucket: folderBucket(folder!, config.bucketPrefix),
  workflow: workflow as WorkflowName,
  name: name!,
  config,
  ...(jobEntry === undefined ? {} : { jobEntry }),
  ...(redis === undefined || redis === "" ? {} : { redis }),
  onEvent: (event) => {
    if (!("state" in event) || event.state !== DIE_IN) return;
    if (event.type === "TaskProgress") die();
    if (event.type !== "StateEntered" || DIE_AFTER_MS === undefined) return;
    if (DIE_AFTER_MS === "0") die();
    else setTimeout(die, Number(DIE_AFTER_MS));
  },
});
