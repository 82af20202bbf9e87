import {
  type CloudWatchLogsClient,
  GetLogEventsCommand,
  paginateDescribeLogStreams,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";

import type { JobKind } from "../../jobs/index.ts";
import type { PrintedLine, ReadPrints } from "../../recipe/index.ts";
import type { Account } from "../deployer/account.ts";
import { awsTrouble } from "../deployer/aws-trouble.ts";

/** Where SageMaker writes what its jobs print (docs.aws.amazon.com, "Amazon SageMaker AI log groups and streams"). */
const GROUPS: Readonly<Record<JobKind, string>> = {
  processing: "/aws/sagemaker/ProcessingJobs",
  training: "/aws/sagemaker/TrainingJobs",
};

/** What SageMaker's jobs of a kind print whose names begin so. A host of a job has a stream: `<job>/algo-1-<when it began>`. */
export function jobPrints(
  { logs: client }: Account,
  kind: JobKind,
  namePrefix: string,
): ReadPrints {
  /** Stream → where to read on. */
  const tokens = new Map<string, string>();
  const group = GROUPS[kind];
  return async (tell) => {
    try {
      for (const stream of await streamsOf(client, group, namePrefix)) {
        await readOn(client, { group, stream, tokens, tell });
      }
    } catch (error) {
      // SageMaker makes the group when the first job of its kind prints something.
      if (error instanceof ResourceNotFoundException) return;
      throw new LogsUnreadableError(wordsOf(error, group), { cause: error });
    }
  };
}

/** CloudWatch does not give what is asked for. */
class LogsUnreadableError extends Error {
  override readonly name = "LogsUnreadableError";
}

function wordsOf(error: unknown, group: string): string {
  const message = error instanceof Error ? error.message : String(error);
  return `CloudWatch's log group ${group}: ${awsTrouble(error) ?? message}`;
}

async function streamsOf(
  client: CloudWatchLogsClient,
  group: string,
  prefix: string,
): Promise<readonly string[]> {
  const names: string[] = [];
  const pages = paginateDescribeLogStreams(
    { client },
    { logGroupName: group, logStreamNamePrefix: prefix },
  );
  for await (const { logStreams = [] } of pages) {
    names.push(...logStreams.map(({ logStreamName }) => logStreamName!));
  }
  return names;
}

/** Reads a stream to its end of now. CloudWatch says that there is no more by giving the same token again. */
async function readOn(
  client: CloudWatchLogsClient,
  {
    group,
    stream,
    tokens,
    tell,
  }: {
    readonly group: string;
    readonly stream: string;
    readonly tokens: Map<string, string>;
    readonly tell: (line: PrintedLine) => void;
  },
): Promise<void> {
  const [job = "", instance = ""] = stream.split("/");
  const host = instance.replace(/-\d+$/, "");
  for (;;) {
    const nextToken = tokens.get(stream);
    const { events = [], nextForwardToken } = await client.send(
      new GetLogEventsCommand({
        ...{ logGroupName: group, logStreamName: stream, startFromHead: true },
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
    );
    for (const { timestamp = 0, message = "" } of events) {
      const time = new Date(timestamp).toISOString();
      for (const text of message.trimEnd().split(/\r?\n/)) tell({ job, host, time, text });
    }
    if (nextForwardToken === undefined || nextForwardToken === nextToken) return;
    tokens.set(stream, nextForwardToken);
  }
}
