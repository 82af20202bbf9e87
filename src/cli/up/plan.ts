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
  const executions = await listExecutions(bucket);
  const running = executions.find(({ status }) => status === "running");
  if (running !== undefined) {
    throw new ExecutionRunningError(
      `the ${running.workflow} execution "${running.name}" is running in this bucket; wait for it`,
    );
  }
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
