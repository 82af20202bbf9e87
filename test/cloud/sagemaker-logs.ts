import type { JobKind } from "../../src/jobs/index.ts";
import type { Emulator } from "./emulator.ts";

/** Puts a line that a job's host has printed where SageMaker does. */
export type Print = (kind: JobKind, job: string, host: string, text: string) => void;

const GROUPS = {
  processing: "/aws/sagemaker/ProcessingJobs",
  training: "/aws/sagemaker/TrainingJobs",
} as const;
/** SageMaker's lines come late; the last ones when the job has ended already. */
const LATE_MS = 300;

/** Writes jobs' lines into CloudWatch Logs: a stream a host, made with the group when there is something to write. */
export function sageMakersLogs(aws: Emulator): Print {
  const call = (action: string, body: object) => aws.json("logs", `Logs_20140328.${action}`, body);
  const streams = new Map<string, { readonly name: string; writing: Promise<unknown> }>();
  return (kind, job, host, text) => {
    const logGroupName = GROUPS[kind];
    const timestamp = Date.now();
    const key = `${job}/${host}`;
    let stream = streams.get(key);
    if (stream === undefined) {
      const name = `${key}-${timestamp}`;
      const made = call("CreateLogGroup", { logGroupName })
        .catch(() => undefined) // it is there
        .then(() => call("CreateLogStream", { logGroupName, logStreamName: name }));
      stream = { name, writing: made };
      streams.set(key, stream);
    }
    const { name, writing } = stream;
    stream.writing = Promise.all([
      writing,
      new Promise((resolve) => setTimeout(resolve, LATE_MS)),
    ]).then(() =>
      call("PutLogEvents", {
        ...{ logGroupName, logStreamName: name, logEvents: [{ timestamp, message: text }] },
      }),
    );
    stream.writing.catch(() => undefined); // the emulator was stopped
  };
}
