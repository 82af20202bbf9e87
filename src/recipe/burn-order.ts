import type { StackName } from "../schema/index.ts";
import { STACK_TITLES } from "../words/index.ts";
import type { WorkflowName } from "./execution-name.ts";

/**
 * Why a stack may not be burned now; `undefined` if it may.
 *
 * As CloudFormation does not delete a stack whose outputs another one uses, a stack is burned after those that build on it; and not
 * while anything is executed, which would lose what it works with.
 */
export function whyNotBurnable(
  stack: StackName,
  {
    running: [running],
    isThere,
  }: {
    readonly running: readonly { readonly workflow: WorkflowName; readonly name: string }[];
    /** Is this stack deployed? */
    readonly isThere: (stack: StackName) => boolean;
  },
): string | undefined {
  if (running !== undefined) return `${running.name} is running: wait for its end, or stop it`;
  const user = BUILT_ON[stack].find(isThere);
  return user && `the ${STACK_TITLES[user]} is built on it: burn that first`;
}

/** The stacks that use what a stack makes, the last first: the order in which they are to be burned. */
const BUILT_ON: Readonly<Record<StackName, readonly StackName[]>> = {
  collector: ["responder", "core"],
  core: ["responder"],
  responder: [],
};
