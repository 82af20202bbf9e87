import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from "@aws-sdk/client-cloudformation";

import type { StackName } from "../../schema/index.ts";
import type { Account } from "./account.ts";
import { growingPauses } from "./pauses.ts";
import { StackFailedError } from "./stack-failed.ts";
import { CLOUD_STACKS } from "./stack-files.ts";

/** A resource that is no longer as the stack made it. */
export interface Drift {
  readonly resource: string;
  readonly type: string;
  /** Paths of the properties that somebody has changed; empty where the resource was deleted. */
  readonly properties: readonly string[];
  readonly isDeleted: boolean;
}

/**
 * Has CloudFormation compare a stack with what is there; takes up to some minutes.
 *
 * @throws StackFailedError if it cannot
 */
export async function detectDrift(
  { stacks }: Account,
  stack: StackName,
  signal: AbortSignal,
): Promise<readonly Drift[]> {
  const name = CLOUD_STACKS[stack];
  const { StackDriftDetectionId } = await stacks.send(
    new DetectStackDriftCommand({ StackName: name }),
  );
  const pause = growingPauses(signal);
  for (;;) {
    const detection = await stacks.send(
      new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
    );
    if (detection.DetectionStatus === "DETECTION_COMPLETE") break;
    if (detection.DetectionStatus === "DETECTION_IN_PROGRESS") {
      await pause();
      continue;
    }
    throw new StackFailedError(
      `${name} could not be compared with what is there: ${detection.DetectionStatusReason ?? "no reason was given"}`,
    );
  }
  const { StackResourceDrifts = [] } = await stacks.send(
    new DescribeStackResourceDriftsCommand({
      StackName: name,
      StackResourceDriftStatusFilters: ["MODIFIED", "DELETED"],
    }),
  );
  return StackResourceDrifts.map((drift) => ({
    resource: drift.LogicalResourceId!,
    type: drift.ResourceType!,
    properties: (drift.PropertyDifferences ?? []).map(({ PropertyPath }) => PropertyPath!),
    isDeleted: drift.StackResourceDriftStatus === "DELETED",
  }));
}
