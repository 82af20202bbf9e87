import { bucketName, openAccount, stepFunctions } from "../../cloud/index.ts";
import {
  engineOf,
  type ExecuteOptions,
  type ExecutionEngine,
  engineHere,
} from "../../recipe/index.ts";
import type { Bucket } from "../../storage/index.ts";
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

/** What of a command's flags says where. */
interface PlaceFlags {
  readonly target: Target;
  /** Where the workers are met that run the jobs, if the configuration's runner is bullmq. */
  readonly redis?: string | undefined;
  readonly detach?: true;
}

/**
 * This machine, whose executions end with the command, or the AWS account of the environment, where they go on without it.
 *
 * @throws ParameterError if AWS cannot reach the bucket
 */
export function executionPlace(
  { target, redis, detach }: PlaceFlags,
  bucket: Bucket,
): ExecutionPlace {
  if (target === "local") {
    if (detach === true) {
      throw new UsageError(
        "--detach: an execution on this machine ends with its command; AWS only",
      );
    }
    return { engine: engineHere(redis), words: "", stopping: (signal) => ({ signal }) };
  }
  bucketName(bucket.url);
  const service = stepFunctions(openAccount());
  return {
    engine: engineOf(service),
    words: ` in ${service.place}`,
    stopping: (signal) => ({ suspend: signal }),
  };
}
