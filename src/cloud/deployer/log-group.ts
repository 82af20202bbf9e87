import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";

import type { Account } from "./account.ts";
import { StackFailedError } from "./stack-failed.ts";

/** A year: what is logged may have to answer for last season. */
const KEPT_DAYS = 365;

/**
 * Makes the one log group of everything (Q102) unless it is there. No stack holds it, since logs outlive stacks; but all
 * log to it, and Step Functions makes no state machine whose log group is missing.
 *
 * A group that is there keeps its retention: that is the owner's.
 *
 * @throws StackFailedError if it may not be made, and nothing says that it is there
 */
export async function keepLogGroup(
  account: Account,
  name: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const { logs } = account;
  try {
    await logs.send(
      new CreateLogGroupCommand({ logGroupName: name, tags: { Application: "RecSys", ...tags } }),
    );
  } catch (error) {
    if (error instanceof ResourceAlreadyExistsException) return;
    if (!isDenied(error)) throw error;
    if (await isSeen(account, name)) return;
    throw new StackFailedError(
      `the stacks log to ${name}, which may not be made here (${error.message}): make that log group in CloudWatch, ` +
        `and give the right to see it (logs:DescribeLogGroups) or to make it (logs:CreateLogGroup, logs:PutRetentionPolicy, logs:TagResource)`,
    );
  }
  await logs.send(
    new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: KEPT_DAYS }),
  );
}

/** Whoever may not make a group is told so even where it is there already. */
async function isSeen({ logs }: Account, name: string): Promise<boolean> {
  try {
    const { logGroups = [] } = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: name }),
    );
    // The shortest of a prefix comes first.
    return logGroups.some(({ logGroupName }) => logGroupName === name);
  } catch (error) {
    if (isDenied(error)) return false;
    throw error;
  }
}

function isDenied(error: unknown): error is Error {
  return error instanceof Error && error.name === "AccessDeniedException";
}
