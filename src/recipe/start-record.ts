import type { RecSysConfig } from "../schema/index.ts";
import { absolutePlace, type Bucket } from "../storage/index.ts";
import { jobPrefix, type WorkflowName } from "./execution-name.ts";
import { type ExecutionInput, executionPaths } from "./execution-record.ts";
import { pinInputs } from "./pin-inputs.ts";

/** What an execution is started with, wherever it runs. */
export interface StartOrder {
  /** Its prefix is the configuration's `bucketPrefix`. */
  readonly bucket: Bucket;
  readonly workflow: WorkflowName;
  readonly name: string;
  readonly config: RecSysConfig;
  /** Core only: use this execution's model instead of training one. */
  readonly modelExecution?: string;
}

/** Writes what the execution is started with; `input.json` comes last and makes the name taken. */
export async function startRecord(order: StartOrder): Promise<ExecutionInput> {
  const { bucket, workflow, name, config, modelExecution } = order;
  const paths = executionPaths(workflow, name);
  const input: ExecutionInput = {
    bucket: absolutePlace(bucket.url),
    prefix: config.bucketPrefix,
    execution: name,
    jobPrefix: jobPrefix(name),
    instances: config.instances,
    rounds: Array.from(
      { length: config.instances.training.instanceCount === 1 ? 0 : config.training.rounds },
      (_, round) => round,
    ),
    inputs: await pinInputs(bucket, workflow, modelExecution),
  };
  await bucket.write(paths.config, JSON.stringify(config, null, 2));
  await bucket.write(paths.input, JSON.stringify(input, null, 2));
  return input;
}
