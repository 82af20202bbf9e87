import {
  type Change,
  ChangeSetNotFoundException,
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  OnStackFailure,
} from "@aws-sdk/client-cloudformation";

import type { Account } from "./account.ts";
import { growingPauses } from "./pauses.ts";
import { isNoStack } from "./stack-status.ts";

/** One resource that a change set would touch. */
export interface ShownChange {
  readonly action: "add" | "change" | "replace" | "may replace" | "remove";
  /** Its name in the template, and its type: `Function`, `AWS::Lambda::Function`. */
  readonly resource: string;
  readonly type: string;
}

/** What is to become of a stack. */
export interface ChangeOrder {
  readonly stack: string;
  readonly isNew: boolean;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameters that keep the value which they were deployed with; without that they would fall back to their default. */
  readonly keptParameters: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** The role that CloudFormation takes on; the caller's own rights without it. */
  readonly roleArn: string | undefined;
  readonly onFailure: OnFailure;
  /** Of the change set: letters, digits and hyphens. */
  readonly name: string;
}

/** What becomes of a stack whose creation or change fails. */
export const ON_FAILURE = ["ROLLBACK", "DO_NOTHING", "DELETE"] as const;
export type OnFailure = (typeof ON_FAILURE)[number];

/** A change that is worked out and not made. */
export interface ChangeSet {
  readonly id: string;
  readonly stackId: string;
  /** Of resources; a change may be one of outputs only. */
  readonly changes: readonly ShownChange[];
  /** Is the stack as ordered already? There is no change set then. */
  readonly isNothing: boolean;
}

/**
 * Has CloudFormation work out what an order would change; nothing is made yet.
 *
 * @throws ChangeRefusedError if the order cannot be carried out
 */
export async function prepareChange(
  { stacks }: Account,
  order: ChangeOrder,
  signal: AbortSignal,
): Promise<ChangeSet> {
  const { Id: id, StackId: stackId } = await stacks.send(
    new CreateChangeSetCommand({
      StackName: order.stack,
      ChangeSetName: order.name,
      ChangeSetType: order.isNew ? "CREATE" : "UPDATE",
      TemplateBody: order.template,
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: [
        ...Object.entries(order.parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
        ...order.keptParameters.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
      ],
      Tags: Object.entries(order.tags).map(([Key, Value]) => ({ Key, Value })),
      ...(order.roleArn === undefined ? {} : { RoleARN: order.roleArn }),
      // Only what is made anew can be removed when that fails.
      OnStackFailure:
        order.onFailure === "DELETE" && !order.isNew ? OnStackFailure.ROLLBACK : order.onFailure,
    }),
    { abortSignal: signal },
  );
  const changes = await changesOf(stacks, id!, order.stack, signal);
  return {
    ...{ id: id!, stackId: stackId! },
    changes: (changes ?? []).map(shownChange),
    isNothing: changes === undefined,
  };
}

/** Waits until a change set is worked out; `undefined` where there is nothing to change. */
async function changesOf(
  stacks: CloudFormationClient,
  id: string,
  stack: string,
  signal: AbortSignal,
): Promise<readonly Change[] | undefined> {
  const pause = growingPauses(signal);
  for (;;) {
    const first = await stacks.send(new DescribeChangeSetCommand({ ChangeSetName: id }));
    if (first.Status === "FAILED") {
      await stacks.send(new DeleteChangeSetCommand({ ChangeSetName: id }));
      if (saysNothing(first.StatusReason)) return undefined;
      throw new ChangeRefusedError(`${stack}: ${first.StatusReason ?? "no reason was given"}`);
    }
    if (first.Status !== "CREATE_COMPLETE") {
      await pause();
      continue;
    }
    const changes = [...(first.Changes ?? [])];
    for (let NextToken = first.NextToken; NextToken !== undefined;) {
      const more = await stacks.send(
        new DescribeChangeSetCommand({ ChangeSetName: id, NextToken }),
      );
      changes.push(...(more.Changes ?? []));
      NextToken = more.NextToken;
    }
    return changes;
  }
}

/** Begins what a change set holds; its end is told by the stack's events. */
export async function executeChange({ stacks }: Account, { id }: ChangeSet): Promise<void> {
  await stacks.send(new ExecuteChangeSetCommand({ ChangeSetName: id }));
}

/** Can a change set still be carried out? Another one that was carried out makes it void, and a deleted stack takes it along. */
export async function isExecutable({ stacks }: Account, { id }: ChangeSet): Promise<boolean> {
  try {
    const { ExecutionStatus: status } = await stacks.send(
      new DescribeChangeSetCommand({ ChangeSetName: id }),
    );
    return status === "AVAILABLE";
  } catch (error) {
    if (error instanceof ChangeSetNotFoundException || isNoStack(error)) return false;
    throw error;
  }
}

/** Forgets a change set. */
export async function dropChange({ stacks }: Account, { id }: ChangeSet): Promise<void> {
  await stacks.send(new DeleteChangeSetCommand({ ChangeSetName: id }));
}

/** CloudFormation will not make the change. */
export class ChangeRefusedError extends Error {
  override readonly name = "ChangeRefusedError";
}

function saysNothing(reason = ""): boolean {
  return /didn't contain changes|No updates are to be performed/i.test(reason);
}

function shownChange({ ResourceChange: change = {} }: Change): ShownChange {
  return {
    action: actionOf(change.Action, change.Replacement),
    resource: change.LogicalResourceId ?? "",
    type: change.ResourceType ?? "",
  };
}

function actionOf(
  action: string | undefined,
  replacement: string | undefined,
): ShownChange["action"] {
  if (action === "Add" || action === "Import") return "add";
  if (action === "Remove") return "remove";
  if (replacement === "True") return "replace";
  return replacement === "Conditional" ? "may replace" : "change";
}
