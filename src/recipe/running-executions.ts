import type { Bucket } from "../storage/index.ts";
import { type Execution, readExecution } from "./execution-record.ts";
import { WORKFLOWS } from "./execution-name.ts";

/** The executions that a living process runs. Only records with a lock are read: those of ended ones may be many. */
export async function runningExecutions(bucket: Bucket): Promise<readonly Execution[]> {
  const running: Execution[] = [];
  for (const workflow of WORKFLOWS) {
    for (const { path } of await bucket.list(`executions/${workflow}/`)) {
      const [, , name, file] = path.split("/");
      if (name === undefined || file !== "lock.json") continue;
      const execution = await readExecution(bucket, workflow, name);
      if (execution?.status === "running") running.push(execution);
    }
  }
  return running;
}
