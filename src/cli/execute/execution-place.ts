import { openAccount, stepFunctions } from "../../cloud/index.ts";
import {
  engineOf,
  type ExecuteOptions,
  type ExecutionEngine,
  localEngine,
} from "../../recipe/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { bucketName } from "../cloud/stack-parameters.ts";
import type { Target } from "../cloud/target-option.ts";
import { UsageError } from "../usage-error.ts";

/** Where a command has its execution run. */
export interface ExecutionPlace {
  readonly engine: ExecutionEngine;
  /** What is said behind the execution's name. */
  readonly words: string;
  /** What Ctrl-C does to the execution. */
  readonly stopping: (signal: AbortSignal) => Pick<ExecuteOptions, "signal" | "suspend">;
}

/**
 * This machine, whose executions end with the command, or the AWS account of the environment, where they go on without it.
 *
 * @throws UsageError if AWS cannot reach the bucket
 */
export function executionPlace(target: Target, bucket: Bucket, detach?: true): ExecutionPlace {
  if (target === "local") {
    if (detach === true) {
      throw new UsageError(
        "--detach: an execution on this machine ends with its command; AWS only",
      );
    }
    return { engine: localEngine, words: "", stopping: (signal) => ({ signal }) };
  }
  bucketName(bucket.url);
  const service = stepFunctions(openAccount());
  return {
    engine: engineOf(service),
    words: ` in ${service.place}`,
    stopping: (signal) => ({ suspend: signal }),
  };
}
