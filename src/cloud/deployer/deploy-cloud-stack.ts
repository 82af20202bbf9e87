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
import { checkParameters, parameterNames } from "./check-parameters.ts";
import type { FunctionCode } from "./function-code.ts";
import { keepLogGroup } from "./log-group.ts";
import { followStack, latestEvent, type ShownEvent } from "./stack-events.ts";
import { StackFailedError } from "./stack-failed.ts";
import { CLOUD_STACKS, templateOf } from "./stack-files.ts";
import { isNew, obstacleTo, readStack, type StackStanding } from "./stack-status.ts";

/** A deployment as it was asked for. */
export interface DeployOrder extends Pick<
  ChangeOrder,
  "parameters" | "tags" | "roleArn" | "onFailure"
> {
  /** Parameters that are to fall back to their default, as the configuration named them before and does no longer. */
  readonly forgotten?: readonly string[] | undefined;
  /** The function's code that the parameters name, if it may not be in the bucket yet. */
  readonly code?: FunctionCode | undefined;
}

/** What a deployment would do, until it is begun or dropped. */
export interface PreparedDeployment extends Pick<ChangeSet, "changes" | "isNothing"> {
  readonly stack: string;
  readonly isNew: boolean;
  /** What CloudFormation is given, and what stays as it was deployed. */
  readonly parameters: Readonly<Record<string, string>>;
  /**
   * Makes the changes and tells each event; before, what they rest on: the log group, the function's code in the bucket.
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
  const cloudName = CLOUD_STACKS[stack];
  const before = await readStack(account, cloudName);
  const isFresh = isNew(before);
  const kept = isFresh ? {} : keptParameters(template, order, before!.parameters);
  const parameters = { ...kept, ...order.parameters };
  checkParameters(template, parameters);
  const obstacle = isFresh ? undefined : obstacleTo(cloudName, before!.status);
  if (obstacle !== undefined) throw new StackFailedError(obstacle);
  const change = await prepareChange(
    account,
    {
      ...{ ...order, stack: cloudName, isNew: isFresh, template, name },
      keptParameters: Object.keys(kept),
    },
    signal,
  );
  const { changes, isNothing } = change;
  return {
    ...{ stack: cloudName, isNew: isFresh, changes, isNothing, parameters },
    async begin(tell) {
      const { LogGroupName: logGroup } = order.parameters;
      if (logGroup !== undefined) await keepLogGroup(account, logGroup, order.tags);
      await order.code?.keep();
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

/** What the order does not say stays as it was deployed, as far as the template still has it. */
function keptParameters(
  template: string,
  { parameters, forgotten = [] }: DeployOrder,
  deployed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = parameterNames(template).filter(
    (name) => name in deployed && !(name in parameters) && !forgotten.includes(name),
  );
  return Object.fromEntries(names.map((name) => [name, deployed[name]!]));
}

const GOOD_ENDS = ["CREATE_COMPLETE", "UPDATE_COMPLETE"];

function failure(name: string, { status, reason }: StackStanding): StackFailedError {
  const why = reason === null ? "" : `: ${reason}`;
  const way = obstacleTo(name, status);
  return new StackFailedError(
    `deploying ${name} failed${AFTERWARDS[status] ?? ""} (${status})${why}; the events above name the resource that failed first` +
      (way === undefined ? "" : `. ${way}`),
  );
}

/** What CloudFormation did then, as was ordered. */
const AFTERWARDS: Readonly<Record<string, string>> = {
  ROLLBACK_COMPLETE: " and was undone",
  UPDATE_ROLLBACK_COMPLETE: " and was undone",
  ROLLBACK_FAILED: " and could not be undone",
  UPDATE_ROLLBACK_FAILED: " and could not be undone",
  DELETE_COMPLETE: " and what was made was removed",
};
