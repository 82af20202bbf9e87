import { isDeepStrictEqual } from "node:util";

import {
  type Execution,
  executionName,
  ExecutionRunningError,
  listExecutions,
  readExecution,
} from "../../recipe/index.ts";
import type { FileEntry } from "../../schema/index.ts";
import { type Bucket, readManifest, readPointer } from "../../storage/index.ts";
import { type RawCopy, readRawCopy } from "../execute/raw-copy.ts";

/** What `up` has to run before it can serve; nothing when the answers are those of these files. */
export interface Plan {
  /** Present when the collector must run; `copy` when the files must be copied in first. */
  readonly collector?: { readonly name: string; readonly copy: boolean };
  /** Present when the core workflow must run. */
  readonly core?: { readonly name: string };
}

/**
 * What is to be run where the bucket has raw files of its own: nothing that has run, whatever it was made of, since
 * somebody who uploads files decides when they are collected.
 *
 * @param bucket - the bucket that will be served
 * @param isComplete - are all raw files there that the collector needs?
 * @param now - for the names of new executions
 * @throws ExecutionRunningError if another process is at work in the bucket
 */
export async function planOwn(bucket: Bucket, isComplete: boolean, now: Date): Promise<Plan> {
  const executions = await executionsAtRest(bucket);
  const core = { name: executionName("core", now) };
  const processed = (await readPointer(bucket, "processed_data"))?.execution;
  if (processed === undefined) {
    if (!isComplete) return {};
    return { collector: { name: executionName("collector", now), copy: false }, core };
  }
  if ((await servedData(bucket)) !== undefined) return {};
  const dead = executions.find((execution) => isDeadCoreOf(execution, processed));
  return { core: { name: dead?.name ?? core.name } };
}

/**
 * Compares the raw files with what the bucket was made from. An execution that died on the same
 * files is resumed under its name.
 *
 * @param bucket - the bucket that will be served
 * @param files - the raw files, with hashes
 * @param now - for the names of new executions
 * @throws ExecutionRunningError if another process is at work in the bucket
 */
export async function planUp(
  bucket: Bucket,
  files: Readonly<Record<string, FileEntry>>,
  now: Date,
): Promise<Plan> {
  const executions = await executionsAtRest(bucket);
  const copy = await readRawCopy(bucket);
  const isSame = copy !== undefined && isDeepStrictEqual(copy.files, files);
  const processed = (await readPointer(bucket, "processed_data"))?.execution;
  if (!isSame || processed !== copy.execution) {
    const collector = await collectorStep(bucket, isSame ? copy : undefined, now);
    return { collector, core: { name: executionName("core", now) } };
  }
  if ((await servedData(bucket)) === processed) return {};
  const dead = executions.find((execution) => isDeadCoreOf(execution, processed));
  return { core: { name: dead?.name ?? executionName("core", now) } };
}

/** @throws ExecutionRunningError if one is running */
async function executionsAtRest(bucket: Bucket): Promise<readonly Execution[]> {
  const executions = await listExecutions(bucket);
  const running = executions.find(({ status }) => status === "running");
  if (running === undefined) return executions;
  throw new ExecutionRunningError(
    `the ${running.workflow} execution "${running.name}" is running in this bucket; wait for it`,
  );
}

async function collectorStep(
  bucket: Bucket,
  copy: RawCopy | undefined,
  now: Date,
): Promise<{ name: string; copy: boolean }> {
  if (copy !== undefined) {
    const earlier = await readExecution(bucket, "collector", copy.execution);
    if (earlier?.status === "interrupted") return { name: copy.execution, copy: false };
  }
  return { name: executionName("collector", now), copy: true };
}

/** The collector execution that the recommendations now served were made from. */
async function servedData(bucket: Bucket): Promise<string | undefined> {
  const stage = "batch_transform_inference_output";
  const pointer = await readPointer(bucket, stage);
  if (pointer === undefined) return undefined;
  return (await readManifest(bucket, stage, pointer.execution)).inputs["processed_data"];
}

function isDeadCoreOf({ workflow, status, input }: Execution, processed: string): boolean {
  return (
    workflow === "core" && status === "interrupted" && input.inputs["processed_data"] === processed
  );
}
