import { isDeepStrictEqual } from "node:util";

import { type RecSysConfig, SETTINGS, type StackName, valueAt } from "../../../schema/index.ts";

/** Of the stacks with jobs, in AWS. */
const JOBS = ["aws.imageUri", "aws.completionTopicArn", "aws.bucketKmsKeyArn", "aws.tags"];

/** The settings that a stack works by, each with all that is below it. */
const USED: Readonly<Record<StackName, readonly string[]>> = {
  collector: [
    "logGroup",
    "keepExecutions",
    "collector",
    "training.seed",
    "instances.collector",
    ...JOBS,
  ],
  core: [
    "logGroup",
    "keepExecutions",
    "training",
    "evaluation",
    "transform",
    "instances.training",
    "instances.evaluation",
    "instances.transform",
    ...JOBS,
  ],
  responder: [
    "logGroup",
    "responder",
    "aws.release",
    "aws.memoryMegabytes",
    "aws.requestsPerSecond",
    "aws.burstRequests",
    "aws.apiAccessLogs",
    "aws.bucketKmsKeyArn",
    "aws.tags",
  ],
};

/** Settings of a stack that differ between two configurations. */
export function differingSettings(
  stack: StackName,
  a: RecSysConfig,
  b: RecSysConfig,
): readonly string[] {
  return SETTINGS.filter(({ path }) => {
    const name = `${path.join(".")}.`;
    if (!USED[stack].some((start) => name.startsWith(`${start}.`))) return false;
    return !isDeepStrictEqual(valueAt(a, path), valueAt(b, path));
  }).map(({ path }) => path.join("."));
}
