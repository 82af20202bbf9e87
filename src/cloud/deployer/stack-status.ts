import { DescribeStacksCommand, type Stack } from "@aws-sdk/client-cloudformation";

import type { Account } from "./account.ts";

/** A stack as it stands in the account. */
export interface StackStanding {
  readonly id: string;
  readonly status: string;
  /** Why it is so, where AWS says it. */
  readonly reason: string | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** How a stack stands, by its name or, when it is deleted, its id; `undefined` if there is none. */
export async function readStack(
  { stacks }: Account,
  nameOrId: string,
): Promise<StackStanding | undefined> {
  try {
    const { Stacks: [stack] = [] } = await stacks.send(
      new DescribeStacksCommand({ StackName: nameOrId }),
    );
    return stack === undefined ? undefined : standingOf(stack);
  } catch (error) {
    if (isNoStack(error)) return undefined;
    throw error;
  }
}

function standingOf(stack: Stack): StackStanding {
  const pairs = (list: readonly (readonly [string | undefined, string | undefined])[]) =>
    Object.fromEntries(list.map(([key, value]) => [key ?? "", value ?? ""]));
  return {
    id: stack.StackId!,
    status: stack.StackStatus!,
    reason: stack.StackStatusReason ?? null,
    outputs: pairs((stack.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue])),
    parameters: pairs(
      (stack.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue]),
    ),
  };
}

/** CloudFormation has no code of its own for a stack that is not there. */
export function isNoStack(error: unknown): boolean {
  return error instanceof Error && /does not exist/.test(error.message);
}

/** Is something being done to it? */
export function isUnderWay(status: string): boolean {
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

/** Is there nothing yet that could be changed: no stack, or only a change set that would make one? */
export function isNew(standing: StackStanding | undefined): boolean {
  return (
    standing === undefined ||
    standing.status === "REVIEW_IN_PROGRESS" ||
    standing.status === "DELETE_COMPLETE"
  );
}

/** Why a stack cannot be changed as it stands, and what to do; `undefined` where it can be. */
export function obstacleTo(name: string, status: string): string | undefined {
  if (isUnderWay(status)) return `${name} is being changed (${status}): wait until that is done`;
  const way = WAYS_OUT[status]?.(name);
  return way && `${name} is ${status}: ${way}`;
}

const BURN_FIRST = "burn it, which removes what is left of it, and deploy it anew";
const WAYS_OUT: Readonly<Record<string, (name: string) => string>> = {
  CREATE_FAILED: () => `its creation failed and was left as it was; ${BURN_FIRST}`,
  ROLLBACK_COMPLETE: () => `its creation failed and was undone; ${BURN_FIRST}`,
  ROLLBACK_FAILED: () => `its creation failed and could not be undone; ${BURN_FIRST}`,
  DELETE_FAILED: () =>
    "not all of it could be removed; mend what its events name, then burn it once more",
  UPDATE_ROLLBACK_FAILED: (name) =>
    "its last change failed and could not be undone; mend what its events name, then have CloudFormation go on: " +
    `“Continue update rollback” in its console, or aws cloudformation continue-update-rollback --stack-name ${name}`,
};
