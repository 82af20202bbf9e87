import { createHash } from "node:crypto";

import { z } from "zod";

import { type Job, parseJob } from "../jobs/index.ts";
import { type Json, WorkflowError } from "../workflow/index.ts";

/** One host of a job, as it lies in the queue. */
export const ShardOrder = z.object({
  /** The workflow's state that it does the work of. */
  state: z.string(),
  /** The Task's resource and parameters: the job, in the words of SageMaker. */
  resource: z.string(),
  request: z.custom<Json>(),
  /** Which of the job's hosts. */
  host: z.string(),
  /** Nobody wants its result any more. */
  isStopped: z.boolean().default(false),
});
export type ShardOrder = z.infer<typeof ShardOrder>;

/** The job that a shard is part of. */
export function jobOf({ resource, request }: ShardOrder): Job {
  return parseJob(resource, request);
}

/**
 * The name of a shard in the queue: the same for whoever asks for the same work of the same execution, so that a
 * resumed execution finds what is under way or done; another for an execution that begins anew under the name of an old one,
 * since its request tells when it started.
 */
export function shardId(job: Job, host: string): string {
  const digest = createHash("sha256").update(JSON.stringify(job.request)).digest("hex");
  return `${job.name}/${host}/${digest.slice(0, 12)}`;
}

/** Worker to whoever waits: what the host of the job would have given. */
export const ShardEnd = z.object({
  usage: z.object({ seconds: z.number(), peakRssBytes: z.number() }).optional(),
  message: z.string().optional(),
  worker: z.string(),
});
export type ShardEnd = z.infer<typeof ShardEnd>;

/** A line that a host has printed. */
export const ShardLine = z.object({ time: z.string(), isError: z.boolean(), text: z.string() });
export type ShardLine = z.infer<typeof ShardLine>;

const Failure = z.object({ error: z.string(), cause: z.string() });
/** The error of a shard that was stopped because nobody wanted it any more. */
export const STOPPED = "RecSys.ShardStopped";

/** A failure as text: all that the queue keeps of one. */
export function writeFailure({ error, cause }: z.infer<typeof Failure>): string {
  return JSON.stringify({ error, cause });
}

/** A failure from the queue's text; what the queue itself says is that no worker lived to end the shard. */
export function readFailure(text: string, shard: string): WorkflowError {
  try {
    const { error, cause } = Failure.parse(JSON.parse(text));
    return new WorkflowError(error, cause);
  } catch {
    return new WorkflowError("RecSys.InstanceLost", `${shard}: ${text}`);
  }
}
