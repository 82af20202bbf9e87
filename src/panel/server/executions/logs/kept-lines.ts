import {
  executionPaths,
  parseLogLine,
  readExecution,
  type WorkflowName,
} from "../../../../recipe/index.ts";
import type { LogLine } from "../../../../schema/index.ts";
import type { Bucket } from "../../../../storage/index.ts";
import { stateOfJob } from "./states-of-jobs.ts";
import { workflowLine } from "./workflow-line.ts";

/** Of a longer log only the end is read. */
const MOST_BYTES = 256 * 1024;

/** The lines that the bucket keeps of an execution: its jobs' logs, and what the workflow says; in no order. */
export async function keptLines(
  bucket: Bucket,
  workflow: WorkflowName,
  execution: string,
): Promise<readonly LogLine[]> {
  const record = await readExecution(bucket, workflow, execution);
  if (record === undefined) return [];
  const { logs } = executionPaths(workflow, execution);
  const lines = record.events.flatMap((event) => workflowLine(workflow, execution, event) ?? []);
  for (const { path, bytes } of await bucket.list(`${logs}/`)) {
    const [job = "", file = ""] = path.slice(logs.length + 1).split("/");
    const from = Math.max(0, bytes - MOST_BYTES);
    const text = Buffer.from(await bucket.readRange(path, from, MOST_BYTES)).toString("utf8");
    const whole = text.split("\n").slice(from === 0 ? 0 : 1, -1); // the first may lack its beginning
    for (const line of whole) {
      lines.push({
        ...parseLogLine(line),
        workflow,
        execution,
        state: stateOfJob(workflow, execution, job),
        host: file.replace(/\.log$/, ""),
      });
    }
  }
  return lines;
}
