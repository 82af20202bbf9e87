import { z } from "zod";

import type { WorkflowEvent } from "../workflow/index.ts";
import { DEFINITIONS } from "./execute.ts";
import type { WorkflowName } from "./execution-name.ts";
import { requestedJob } from "./requested-job.ts";

/** What the jobs of a state have taken, all runs together: those that failed were paid for too. */
export interface StateSpending {
  readonly state: string;
  /** Of its runs, one after the other. */
  readonly seconds: number;
  readonly instanceType: string;
  /** Seconds × instances / 3600. */
  readonly instanceHours: number;
}

/** What the jobs of an execution have taken, in the order in which their states were entered first; runs under way are left out. */
export function jobSpending(
  workflow: WorkflowName,
  events: readonly WorkflowEvent[],
): readonly StateSpending[] {
  const spent = new Map<string, StateSpending>();
  const running = new Map<string, Run>();
  for (const event of events) {
    if (event.type === "StateEntered") {
      const job = requestedJob(DEFINITIONS[workflow], event.state, event.input);
      if (job === undefined) continue;
      const { instanceType, instanceCount } = job;
      running.set(keyOf(event), { enteredAt: event.time, instanceType, instanceCount });
    } else if (event.type === "StateSucceeded" || event.type === "StateFailed") {
      const run = running.get(keyOf(event));
      if (run === undefined) continue;
      running.delete(keyOf(event));
      const result = event.type === "StateSucceeded" ? event.result : undefined;
      const byClock = (Date.parse(event.time) - Date.parse(run.enteredAt)) / 1000;
      const seconds = statedSeconds(result) ?? byClock;
      const before = spent.get(event.state);
      spent.set(event.state, {
        state: event.state,
        seconds: (before?.seconds ?? 0) + seconds,
        instanceType: run.instanceType,
        instanceHours: (before?.instanceHours ?? 0) + (seconds * run.instanceCount) / 3600,
      });
    }
  }
  return [...spent.values()];
}

interface Run {
  readonly enteredAt: string;
  readonly instanceType: string;
  readonly instanceCount: number;
}

/** Step Functions gives times as milliseconds since 1970, other clients of SageMaker's as ISO 8601. */
const Time = z.union([z.number(), z.iso.datetime({ offset: true }).transform(Date.parse)]);

/** What SageMaker says of a job that has ended (DescribeTrainingJob, DescribeProcessingJob). */
const EndedJob = z.object({
  BillableTimeInSeconds: z.number().optional(),
  TrainingStartTime: Time.optional(),
  TrainingEndTime: Time.optional(),
  ProcessingStartTime: Time.optional(),
  ProcessingEndTime: Time.optional(),
});

/** How long a job ran as SageMaker bills it, for each of its instances: without the start of the machine. */
function statedSeconds(result: unknown): number | undefined {
  const job = EndedJob.safeParse(result).data;
  if (job?.BillableTimeInSeconds !== undefined) return job.BillableTimeInSeconds;
  const begin = job?.TrainingStartTime ?? job?.ProcessingStartTime;
  const end = job?.TrainingEndTime ?? job?.ProcessingEndTime;
  return begin === undefined || end === undefined ? undefined : (end - begin) / 1000;
}

function keyOf({
  path,
  state,
  run,
}: Extract<WorkflowEvent, { readonly type: "StateEntered" | "StateSucceeded" | "StateFailed" }>) {
  return JSON.stringify([path, state, run]);
}
