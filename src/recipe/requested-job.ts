import { type Job, parseJob } from "../jobs/index.ts";
import { effectiveInput, type Json, type Workflow } from "../workflow/index.ts";
import { taskStates } from "./task-states.ts";

/** A job that a state asks for, and what the names of all its tries begin with. */
export interface RequestedJob extends Job {
  /** `recsys-core-1-train-`; redrives and retries follow. */
  readonly namePrefix: string;
}

/** Redrives and retries of the first try; they stand at the end of a job's name (`job-state.ts`). */
const FIRST = { Execution: { RedriveCount: 0, StartTime: "" }, State: { RetryCount: 0 } };
const FIRST_COUNTS = "0-0";

/** The job that a state asks for when it is entered with this input; `undefined` where it is no task. */
export function requestedJob(
  workflow: Workflow,
  state: string,
  input: Json,
): RequestedJob | undefined {
  const task = taskStates(workflow).get(state);
  if (task === undefined) return undefined;
  const job = parseJob(task.resource, effectiveInput(task, { data: input, context: FIRST }));
  return { ...job, namePrefix: job.name.slice(0, -FIRST_COUNTS.length) };
}
