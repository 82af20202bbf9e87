import type { StackName } from "../../schema/index.ts";
import type { Account } from "./account.ts";
import {
  type ChangeOrder,
  type ChangeSet,
  dropChange,
  executeChange,
  isExecutable,
  prepareChange,
} from "./change-set.ts";
import { checkParameters } from "./check-parameters.ts";
import { keepLogGroup } from "./log-group.ts";
import { followStack, latestEvent, type ShownEvent } from "./stack-events.ts";
import { StackFailedError } from "./stack-failed.ts";
import { CLOUD_STACKS, templateOf } from "./stack-files.ts";
import { isNew, obstacleTo, readStack, type StackStanding } from "./stack-status.ts";

/** A deployment as it was asked for. */
export type DeployOrder = Pick<ChangeOrder, "parameters" | "tags" | "roleArn" | "onFailure">;

/** What a deployment would do, until it is begun or dropped. */
export interface PreparedDeployment extends Pick<ChangeSet, "changes" | "isNothing"> {
  readonly stack: string;
  readonly isNew: boolean;
  /**
   * Makes the log group, if it is not there, and the changes, and tells each event.
   *
   * @throws StackFailedError if they failed; CloudFormation has undone them then, or not, as was ordered
   */
  begin(tell: (event: ShownEvent) => void): Promise<StackStanding>;
  /** Can it still be begun, as it was prepared? */
  isValid(): Promise<boolean>;
  /** Makes none of them. */
  drop(): Promise<void>;
}

/**
 * Works out, in a change set of the given name, what deploying a stack would change.
 *
 * @throws ParameterError if the template does not take the parameters
 * @throws StackFailedError if the stack cannot be changed as it stands
 * @throws ChangeRefusedError if CloudFormation will not make the change
 */
export async function prepareDeployment(
  account: Account,
  stack: StackName,
  order: DeployOrder,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<PreparedDeployment> {
  const template = await templateOf(stack);
  checkParameters(template, order.parameters);
  const cloudName = CLOUD_STACKS[stack];
  const before = await readStack(account, cloudName);
  const isFresh = isNew(before);
  const obstacle = isFresh ? undefined : obstacleTo(cloudName, before!.status);
  if (obstacle !== undefined) throw new StackFailedError(obstacle);
  const change = await prepareChange(
    account,
    { ...order, stack: cloudName, isNew: isFresh, template, name },
    signal,
  );
  const { changes, isNothing } = change;
  return {
    ...{ stack: cloudName, isNew: isFresh, changes, isNothing },
    async begin(tell) {
      const { LogGroupName: logGroup } = order.parameters;
      if (logGroup !== undefined) await keepLogGroup(account, logGroup, order.tags);
      if (isNothing) return before!;
      const after = await latestEvent(account, change.stackId);
      await executeChange(account, change);
      const end = await followStack(account, change.stackId, { after, tell, signal });
      if (!GOOD_ENDS.includes(end.status)) throw failure(cloudName, end);
      return end;
    },
    isValid: () => (isNothing ? Promise.resolve(true) : isExecutable(account, change)),
    drop: () => (isNothing ? Promise.resolve() : dropChange(account, change)),
  };
}

const GOOD_ENDS = ["CREATE_COMPLETE", "UPDATE_COMPLETE"];

function failure(name: string, { status, reason }: StackStanding): StackFailedError {
  const why = reason === null ? "" : `: ${reason}`;
  const what = status.includes("ROLLBACK") ? "failed and was undone" : "failed";
  return new StackFailedError(
    `deploying ${name} ${what} (${status})${why}; the events above name the resource that failed first`,
  );
}
