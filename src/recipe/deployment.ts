import { z } from "zod";

import { DataError, RecSysConfig, StackName } from "../schema/index.ts";
import type { Bucket } from "../storage/index.ts";
import { readText } from "./execution-record.ts";

/** The configuration of a stack as "Deploy Configurations" has frozen it; executions started in the panel use it. */
export const Deployment = z.strictObject({
  stack: StackName,
  /** Counts a stack's deployments from 1 on, burned ones included. */
  number: z.int().positive(),
  deployedAt: z.iso.datetime(),
  deployedBy: z.string(),
  config: RecSysConfig,
});
export type Deployment = z.infer<typeof Deployment>;

/** A stack's deployment that counts, `undefined` before the first and after it was burned. */
export async function readDeployment(
  bucket: Bucket,
  stack: StackName,
): Promise<Deployment | undefined> {
  const { number } = await readPointer(bucket, stack);
  if (number === null) return undefined;
  const text = await readText(bucket, snapshotPath(stack, number));
  if (text === undefined) {
    throw new DataError(
      { file: snapshotPath(stack, number) },
      "is named as the deployed configuration but is not there; deploy the stack again",
    );
  }
  return Deployment.parse(JSON.parse(text));
}

/**
 * Freezes a configuration for a stack: writes the snapshot, then makes it the one that counts. In between `make` makes the
 * stack itself, where that is more than its configuration; if it fails, the deployment before counts on.
 */
export async function deployStack(
  bucket: Bucket,
  stack: StackName,
  config: RecSysConfig,
  { by, at }: { readonly by: string; readonly at: Date },
  make: (deployment: Deployment) => Promise<void> = () => Promise.resolve(),
): Promise<Deployment> {
  for (;;) {
    const { text, latest } = await readPointer(bucket, stack);
    const number = latest + 1;
    const deployment: Deployment = {
      stack,
      number,
      deployedAt: at.toISOString(),
      deployedBy: by,
      config,
    };
    await bucket.write(snapshotPath(stack, number), JSON.stringify(deployment, null, 2));
    await make(deployment);
    if (await bucket.swap(pointerPath(stack), text, pointerText(number, number))) return deployment;
  }
}

/**
 * Makes the snapshot of this number the one that counts, if another does: whoever made the stack by it, as the stack itself says, may have
 * died before.
 */
export async function adoptDeployment(
  bucket: Bucket,
  stack: StackName,
  number: number,
): Promise<void> {
  for (;;) {
    const { text, number: current, latest } = await readPointer(bucket, stack);
    if (current === number || (await bucket.head(snapshotPath(stack, number))) === undefined)
      return;
    if (await bucket.swap(pointerPath(stack), text, pointerText(number, Math.max(latest, number))))
      return;
  }
}

/** The number of a stack's latest deployment, also when it was burned; 0 before the first. */
export async function latestDeployment(bucket: Bucket, stack: StackName): Promise<number> {
  return (await readPointer(bucket, stack)).latest;
}

/** Takes a stack's deployment away; the snapshots stay, and their numbers go on. */
export async function undeployStack(bucket: Bucket, stack: StackName): Promise<void> {
  for (;;) {
    const { text, number, latest } = await readPointer(bucket, stack);
    if (number === null) return;
    if (await bucket.swap(pointerPath(stack), text, pointerText(null, latest))) return;
  }
}

const DeploymentPointer = z.strictObject({
  number: z.int().nullable(),
  latest: z.int().nonnegative(),
});

async function readPointer(bucket: Bucket, stack: StackName) {
  const text = await readText(bucket, pointerPath(stack));
  const pointer = text === undefined ? undefined : DeploymentPointer.parse(JSON.parse(text));
  return { text, number: pointer?.number ?? null, latest: pointer?.latest ?? 0 };
}

function pointerText(number: number | null, latest: number): string {
  return JSON.stringify({ number, latest });
}

function pointerPath(stack: StackName): string {
  return `deployments/${stack}/current.json`;
}

function snapshotPath(stack: StackName, number: number): string {
  return `deployments/${stack}/${number}.json`;
}
