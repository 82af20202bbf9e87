import {
  DeleteStackCommand,
  GetTemplateCommand,
  paginateListStackResources,
} from "@aws-sdk/client-cloudformation";

import type { StackName } from "../../schema/index.ts";
import type { Account } from "./account.ts";
import { followStack, latestEvent, type ShownEvent } from "./stack-events.ts";
import { StackFailedError } from "./stack-failed.ts";
import { CLOUD_STACKS } from "./stack-files.ts";
import { isNew, isUnderWay, readStack } from "./stack-status.ts";

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
  for await (const page of paginateListStackResources(
    { client: account.stacks },
    { StackName: name },
  )) {
    for (const one of page.StackResourceSummaries ?? []) {
      if (one.ResourceStatus === "DELETE_COMPLETE") continue;
      all.push({
        resource: one.LogicalResourceId!,
        type: one.ResourceType!,
        id: one.PhysicalResourceId ?? "",
      });
    }
  }
  return {
    stack: name,
    removed: all.filter(({ resource }) => !kept.has(resource)),
    kept: all.filter(({ resource }) => kept.has(resource)),
  };
}

/**
 * Removes a stack and tells each event.
 *
 * @throws StackFailedError if there is none, it is being changed, or not all of it could be removed
 */
export async function burnCloudStack(
  account: Account,
  stack: StackName,
  {
    roleArn,
    tell,
    signal,
  }: {
    readonly roleArn: string | undefined;
    readonly tell: (event: ShownEvent) => void;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const name = CLOUD_STACKS[stack];
  const standing = await readStack(account, name);
  if (standing === undefined) throw new StackFailedError(`there is no stack ${name} to burn`);
  const { id, status } = standing;
  if (isUnderWay(status) && status !== "DELETE_IN_PROGRESS") {
    throw new StackFailedError(`${name} is being changed (${status}): wait until that is done`);
  }
  const after = await latestEvent(account, id);
  await account.stacks.send(
    new DeleteStackCommand({
      StackName: id,
      ...(roleArn === undefined ? {} : { RoleARN: roleArn }),
    }),
  );
  const end = await followStack(account, id, { after, tell, signal });
  if (end.status === "DELETE_COMPLETE") return;
  throw new StackFailedError(
    `not all of ${name} could be removed (${end.status})${end.reason === null ? "" : `: ${end.reason}`}; mend what its events name, then burn it once more`,
  );
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
