import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";

import type { Account } from "../deployer/account.ts";
import { awsTrouble } from "../deployer/aws-trouble.ts";

/** Who writes to the log group: the API (its function, and API Gateway where it is to), or the state machines. */
export type LogWriter = "api" | "workflows";

/** What stands in the log group. */
export interface GroupEvent {
  readonly stream: string;
  /** ISO 8601. */
  readonly time: string;
  readonly message: string;
}

/** Of more streams nothing is read: an instance of the function has one for hours, a state machine one for each half hour. */
const MOST_STREAMS = 20;
/** Pages of fifty streams among which those of the API are looked for. */
const MOST_PAGES = 4;

/**
 * The latest of what a writer has logged, the newest last; nothing where there is no such group.
 * `limit` counts lines, up to 1,000 of each stream.
 *
 * @throws LogGroupUnreadableError if CloudWatch does not give it
 */
export async function latestGroupEvents(
  { logs: client }: Account,
  {
    group,
    writer,
    limit,
  }: { readonly group: string; readonly writer: LogWriter; readonly limit: number },
): Promise<readonly GroupEvent[]> {
  try {
    const streams = await STREAMS_OF[writer](client, group);
    const events: GroupEvent[] = [];
    for (const stream of streams) events.push(...(await endOf(client, group, stream, limit)));
    return events
      .toSorted((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)))
      .slice(-limit);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [];
    const message = error instanceof Error ? error.message : String(error);
    const words = `CloudWatch's log group ${group}: ${awsTrouble(error) ?? message}`;
    throw new LogGroupUnreadableError(words, { cause: error });
  }
}

/** CloudWatch does not give what is asked for. */
export class LogGroupUnreadableError extends Error {
  override readonly name = "LogGroupUnreadableError";
}

type FindStreams = (client: CloudWatchLogsClient, group: string) => Promise<readonly string[]>;

/**
 * Names of streams. Sources: docs.aws.amazon.com, "Configuring CloudWatch log groups" of Lambda (a group of one's own), and
 * "Using CloudWatch Logs to log execution history" of Step Functions; API Gateway's are 32 hexadecimal digits.
 */
const STREAMS_OF: Readonly<Record<LogWriter, FindStreams>> = {
  async api(client, group) {
    const found: string[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES && found.length < MOST_STREAMS; page++) {
      const { logStreams = [], nextToken: next } = await client.send(
        new DescribeLogStreamsCommand({
          ...{ logGroupName: group, orderBy: "LastEventTime", descending: true },
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      const names = logStreams.map(({ logStreamName }) => logStreamName!);
      found.push(...names.filter((name) => isFunctionStream(name) || isGatewayStream(name)));
      if (next === undefined) break;
      nextToken = next;
    }
    return found.slice(0, MOST_STREAMS);
  },
  async workflows(client, group) {
    const machines = ["RecSysRecipeCollectorWorkflow", "RecSysRecipeCoreWorkflow"];
    const found = await Promise.all(
      machines.map((machine) =>
        client.send(
          new DescribeLogStreamsCommand({
            ...{ logGroupName: group, logStreamNamePrefix: `states/${machine}/` },
            // The name goes on with the time. By their latest line streams of a prefix cannot be sorted.
            ...{ descending: true, limit: MOST_STREAMS / machines.length },
          }),
        ),
      ),
    );
    return found.flatMap(({ logStreams = [] }) => logStreams.map((one) => one.logStreamName!));
  },
};

/** `2026/11/27/RecSys-Responder[$LATEST]…`; other functions of the owner's may log to the same group. */
function isFunctionStream(name: string): boolean {
  return /^\d{4}\/\d\d\/\d\d\/(RecSys-Responder)?\[/.test(name);
}

/** Does API Gateway write this stream? */
export function isGatewayStream(name: string): boolean {
  return /^[0-9a-f]{32}$/.test(name);
}

async function endOf(
  client: CloudWatchLogsClient,
  group: string,
  stream: string,
  limit: number,
): Promise<readonly GroupEvent[]> {
  const { events = [] } = await client.send(
    new GetLogEventsCommand({
      ...{ logGroupName: group, logStreamName: stream },
      ...{ startFromHead: false, limit: Math.min(limit, 1000) },
    }),
  );
  return events.map(({ timestamp = 0, message = "" }) => ({
    stream,
    time: new Date(timestamp).toISOString(),
    message: message.trimEnd(),
  }));
}
