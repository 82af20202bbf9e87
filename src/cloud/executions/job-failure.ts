import { z } from "zod";

/** Why something failed. */
export interface Why {
  readonly error: string;
  readonly cause: string;
}

/** What SageMaker says of a job that has failed, as far as it matters here (DescribeProcessingJob, DescribeTrainingJob). */
const FailedJob = z.union([
  z.object({
    ProcessingJobName: z.string(),
    ExitMessage: z.string().optional(),
    FailureReason: z.string().optional(),
  }),
  z.object({ TrainingJobName: z.string(), FailureReason: z.string().optional() }),
]);

/** The job's exit code that says that the data are at fault. */
const BAD_DATA = /exit code:? 2\b/i;

/**
 * The failure of a job in the words of the job. Step Functions gives the whole description of the job as its cause: in it stands
 * what the container wrote last, or, of a training job, what is in its failure file.
 */
export function jobFailure({ error, cause }: Why): Why {
  const job = descriptionIn(cause);
  if (job === undefined) return { error, cause };
  const reason = job.FailureReason ?? "";
  const exitMessage = "ExitMessage" in job ? job.ExitMessage : undefined;
  const words = exitMessage ?? plain(reason);
  return {
    error: BAD_DATA.test(reason) ? "RecSys.BadData" : error,
    cause: words === "" ? cause : words,
  };
}

/** "AlgorithmError: the words, exit code: 2" without what frames the words. */
function plain(reason: string): string {
  return reason.replace(/^AlgorithmError: /, "").replace(/,? exit code:? \d+$/i, "");
}

function descriptionIn(cause: string): z.infer<typeof FailedJob> | undefined {
  try {
    return FailedJob.safeParse(JSON.parse(cause)).data;
  } catch {
    return undefined; // words of another kind
  }
}
