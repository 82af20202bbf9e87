import {
  DeleteStackCommand,
  GetTemplateCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from "@aws-sdk/client-cloudformation";

import type { StackName } from "../../schema/index.ts";
import type { Account } from "./account.ts";
import { followStack, latestEvent, type ShownEvent } from "./stack-events.ts";
import { StackFailedError } from "./stack-failed.ts";
import { CLOUD_STACKS } from "./stack-files.ts";
import { isNew, isUnderWay, readStack, type StackStanding } from "./stack-status.ts";

/** A resource of a stack. */
export interface ShownResource {
  readonly resource: string;
  readonly type: string;
  /** Its name or id in the account. */
  readonly id: string;
}

/** What burning a stack would remove, and what would stay. */
export interface BurnList {
  readonly stack: string;
  readonly removed: readonly ShownResource[];
  readonly kept: readonly ShownResource[];
}

/** What burning would do; `undefined` where there is no such stack. */
export async function listBurn(account: Account, stack: StackName): Promise<BurnList | undefined> {
  const name = CLOUD_STACKS[stack];
  const standing = await readStack(account, name);
  if (isNew(standing)) return undefined;
  const kept = await keptResources(account, name);
  const all: ShownResource[] = [];
  for await (const one of resourcesOf(account, name)) {
    if (one.ResourceStatus !== "DELETE_COMPLETE") all.push(shownResource(one));
  }
  return {
    stack: name,
    removed: all.filter(({ resource }) => !kept.has(resource)),
    kept: all.filter(({ resource }) => kept.has(resource)),
  };
}

/** How a stack is burned. */
export interface Burning {
  /** The role that CloudFormation takes on; the one that the stack was made by, else the caller's own rights, without it. */
  readonly roleArn: string | undefined;
  /** Leave what could not be removed the last time, and forget it; only of a stack whose removal has failed. */
  readonly leaveFailed?: boolean | undefined;
  readonly tell: (event: ShownEvent) => void;
  readonly signal: AbortSignal;
}

/**
 * Removes a stack and tells each event.
 *
 * @throws StackFailedError if there is none, it is being changed, or not all of it could be removed
 */
export async function burnCloudStack(
  account: Account,
  stack: StackName,
  { roleArn, leaveFailed = false, tell, signal }: Burning,
): Promise<void> {
  const name = CLOUD_STACKS[stack];
  const standing = await readStack(account, name);
  if (standing === undefined) throw new StackFailedError(`there is no stack ${name} to burn`);
  const { id, status } = standing;
  if (isUnderWay(status) && status !== "DELETE_IN_PROGRESS") {
    throw new StackFailedError(`${name} is being changed (${status}): wait until that is done`);
  }
  if (leaveFailed && status !== "DELETE_FAILED") {
    throw new StackFailedError(
      `${name} is ${status}: only what a failed removal has left can be left for good; burn it first`,
    );
  }
  const left = leaveFailed ? await failedResources(account, name) : [];
  const after = await latestEvent(account, id);
  await account.stacks.send(
    new DeleteStackCommand({
      StackName: id,
      ...(left.length === 0 ? {} : { RetainResources: left.map(({ resource }) => resource) }),
      ...(roleArn === undefined ? {} : { RoleARN: roleArn }),
    }),
  );
  const end = await followStack(account, id, { after, tell, signal });
  if (end.status === "DELETE_COMPLETE") return;
  throw new StackFailedError(await whatIsLeft(account, name, end));
}

/** What could not be removed, why, and what to do. */
async function whatIsLeft(
  account: Account,
  name: string,
  { status, reason }: StackStanding,
): Promise<string> {
  const failed = await failedResources(account, name);
  const list = failed.map(
    ({ resource, type, id, reason: why }) => `${resource} (${type} ${id}): ${why}`,
  );
  const words = list.length > 0 ? list.join("; ") : (reason ?? "no reason was given");
  return (
    `not all of ${name} could be removed (${status}): ${words}. Mend that and burn it once more; ` +
    "or leave it in the account and forget it: recsys burn … --leave-failed"
  );
}

interface FailedResource extends ShownResource {
  readonly reason: string;
}

async function failedResources(account: Account, name: string): Promise<readonly FailedResource[]> {
  const failed: FailedResource[] = [];
  for await (const one of resourcesOf(account, name)) {
    if (one.ResourceStatus !== "DELETE_FAILED") continue;
    failed.push({
      ...shownResource(one),
      reason: one.ResourceStatusReason ?? "no reason was given",
    });
  }
  return failed;
}

async function* resourcesOf(
  { stacks: client }: Account,
  name: string,
): AsyncGenerator<StackResourceSummary> {
  for await (const page of paginateListStackResources({ client }, { StackName: name })) {
    yield* page.StackResourceSummaries ?? [];
  }
}

function shownResource(one: StackResourceSummary): ShownResource {
  return {
    resource: one.LogicalResourceId!,
    type: one.ResourceType!,
    id: one.PhysicalResourceId ?? "",
  };
}

/** Resources that the deployed template says are to stay. */
async function keptResources({ stacks }: Account, name: string): Promise<ReadonlySet<string>> {
  const { TemplateBody = "{}" } = await stacks.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: "Processed" }),
  );
  const { Resources = {} } = JSON.parse(TemplateBody) as {
    readonly Resources?: Readonly<Record<string, { readonly DeletionPolicy?: string }>>;
  };
  const kept = Object.entries(Resources).filter(([, { DeletionPolicy }]) =>
    (DeletionPolicy ?? "Delete").startsWith("Retain"),
  );
  return new Set(kept.map(([resource]) => resource));
}
