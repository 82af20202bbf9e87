import type { Bucket } from "../storage/index.ts";
import type { WorkflowName } from "./execution-name.ts";
import { executionPaths } from "./execution-record.ts";

/** The panel's and the command line's pattern: `collector-20261123-093000`, UTC (A24). */
export function executionName(workflow: string, now: Date): string {
  const [date = "", time = ""] = now.toISOString().split("T");
  return `${workflow}-${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}`;
}

/** A name of this pattern that no execution has; where the second's own is taken, numbered from 2 on. */
export async function nextExecutionName(
  bucket: Bucket,
  workflow: WorkflowName,
  now: Date,
): Promise<string> {
  const base = executionName(workflow, now);
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if ((await bucket.head(executionPaths(workflow, name).input)) === undefined) return name;
  }
}
