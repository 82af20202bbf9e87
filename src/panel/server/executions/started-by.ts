import { z } from "zod";

import { executionPaths, type WorkflowName } from "../../../recipe/index.ts";
import { type Bucket, ObjectNotFoundError } from "../../../storage/index.ts";

/** `executions/<workflow>/<name>/started-by.json`: the person in the panel. */
const StartedBy = z.strictObject({ by: z.string(), at: z.iso.datetime() });
type StartedBy = z.infer<typeof StartedBy>;

/** Keeps who started an execution, before it starts: a server that dies in between knows it as its own. */
export async function keepStarter(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
  starter: StartedBy,
): Promise<void> {
  await bucket.write(pathOf(workflow, name), JSON.stringify(starter, null, 2));
}

/** Takes that back, for an execution that did not start after all. */
export async function forgetStarter(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
): Promise<void> {
  await bucket.removeAll(pathOf(workflow, name));
}

/** Who started an execution in the panel, `undefined` for one of the command line. */
export async function readStarter(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
): Promise<string | undefined> {
  try {
    const text = Buffer.from(await bucket.read(pathOf(workflow, name))).toString("utf8");
    return StartedBy.parse(JSON.parse(text)).by;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

function pathOf(workflow: WorkflowName, name: string): string {
  return `${executionPaths(workflow, name).folder}/started-by.json`;
}
