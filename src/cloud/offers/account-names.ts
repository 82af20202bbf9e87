import { paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { paginateListBuckets, S3Client } from "@aws-sdk/client-s3";

import type { AccountNames } from "../../schema/index.ts";
import type { Account } from "../deployer/account.ts";

/** Of more nobody chooses by a list. */
const MOST = 1000;

/**
 * The buckets and the log groups of the account, in its region, for a person to choose from (A28). `AccessS3Buckets` and
 * `AccessCloudWatchLogGroups` of the panel's stack decide whether it may list them.
 *
 * @returns `null` for what may not be listed
 */
export async function accountNames(account: Account): Promise<AccountNames> {
  const [buckets, logGroups] = await Promise.all([
    unlessDenied(bucketsOf(account)),
    unlessDenied(logGroupsOf(account)),
  ]);
  return { buckets, logGroups };
}

async function bucketsOf({ region }: Account): Promise<string[]> {
  const client = new S3Client({ region });
  try {
    const names: string[] = [];
    for await (const { Buckets = [] } of paginateListBuckets(
      { client },
      { BucketRegion: region },
    )) {
      names.push(...Buckets.map(({ Name }) => Name!));
      if (names.length >= MOST) break;
    }
    return names;
  } finally {
    client.destroy();
  }
}

async function logGroupsOf({ logs: client }: Account): Promise<string[]> {
  const names: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
    names.push(...logGroups.map(({ logGroupName }) => logGroupName!));
    if (names.length >= MOST) break;
  }
  return names;
}

async function unlessDenied(names: Promise<string[]>): Promise<string[] | null> {
  try {
    return await names;
  } catch (error) {
    if (error instanceof Error && DENIED.has(error.name)) return null;
    throw error;
  }
}

/** As S3 and CloudWatch Logs call it. */
const DENIED: ReadonlySet<string> = new Set(["AccessDenied", "AccessDeniedException"]);
