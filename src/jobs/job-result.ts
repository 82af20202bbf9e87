import type { Json } from "../workflow/index.ts";
import type { Usage } from "./messages.ts";
import type { Job } from "./request.ts";

/** How a host of a job ended that did its work. */
export interface HostEnd {
  readonly usage?: Usage | undefined;
  /** What it left in `output/message`. */
  readonly message?: string | undefined;
  /** The worker that it ran on, where there are several machines. */
  readonly worker?: string;
}

/** The names of a job's hosts, as SageMaker gives them. */
export function hostsOf({ instanceCount }: Job): readonly string[] {
  return Array.from({ length: instanceCount }, (_, i) => `algo-${i + 1}`);
}

/**
 * What DescribeProcessingJob or DescribeTrainingJob would say of a job whose hosts have all done their work, as far as
 * this product reads it, and `Usage`: seconds and peak memory of each host.
 */
export function jobResult(job: Job, ends: readonly HostEnd[]): Json {
  const hosts = hostsOf(job);
  const usage = ends.map(({ usage, worker }, i) => ({
    Host: hosts[i]!,
    Seconds: usage?.seconds ?? null,
    PeakRssBytes: usage?.peakRssBytes ?? null,
    ...(worker === undefined ? {} : { Worker: worker }),
  }));
  const message = ends[0]?.message;
  return job.kind === "processing"
    ? {
        ProcessingJobName: job.name,
        ProcessingJobStatus: "Completed",
        ...(message === undefined ? {} : { ExitMessage: message }),
        Usage: usage,
      }
    : { TrainingJobName: job.name, TrainingJobStatus: "Completed", Usage: usage };
}
