import type { RecSysConfig } from "../../schema/index.ts";
import {
  DEFINITIONS,
  isRejection,
  type Promotion,
  readExecution,
  type StepCost,
  stepCosts,
  type WorkflowName,
} from "../../recipe/index.ts";
import type { Bucket } from "../../storage/index.ts";
import type { Session } from "../session.ts";
import { followEvents } from "../progress/follow-events.ts";
import { viewFor } from "../progress/view-for.ts";
import { ExecutionFailedError } from "./execution-failed.ts";
import type { ExecutionPlace } from "./execution-place.ts";

export interface ExecutionRequest {
  readonly bucket: Bucket;
  readonly workflow: WorkflowName;
  readonly name: string;
  readonly config: RecSysConfig;
  readonly modelExecution?: string | undefined;
  /** Let one that failed or was stopped go on, or serve its rejected model all the same. */
  readonly goOn?: "retry" | Promotion | undefined;
  readonly place: ExecutionPlace;
}

/** An execution that came to an end without a fault. */
export interface ExecutionResult {
  readonly workflow: WorkflowName;
  readonly name: string;
  /** `rejected`: the model did not pass the gate, for this reason. */
  readonly status: "succeeded" | "rejected";
  readonly reason?: string;
  readonly steps: readonly StepCost[];
}

/**
 * Runs or resumes an execution and shows its progress.
 *
 * @throws ExecutionFailedError with the failure's words
 */
export async function runExecution(
  session: Session,
  { bucket, workflow, name, config, modelExecution, goOn, place }: ExecutionRequest,
): Promise<ExecutionResult> {
  const { signal } = session;
  const view = viewFor(process.stderr);
  view.note(`${workflow} execution ${name}${place.words}`);
  try {
    const { engine } = place;
    const common = {
      ...{ bucket, workflow, name, onEvent: followEvents(view, DEFINITIONS[workflow]) },
      ...place.stopping(signal),
    };
    const model = modelExecution === undefined ? {} : { modelExecution };
    const outcome = await (goOn === undefined
      ? engine.execute({ ...common, config, ...model })
      : goOn === "retry"
        ? engine.retry(common)
        : engine.promote({ ...common, promotion: goOn }));
    const steps = stepCosts((await readExecution(bucket, workflow, name))?.events ?? []);
    if (outcome.status === "succeeded") return { workflow, name, status: "succeeded", steps };
    if (outcome.status === "failed" && isRejection(outcome)) {
      return { workflow, name, status: "rejected", reason: outcome.cause, steps };
    }
    signal.throwIfAborted();
    throw new ExecutionFailedError(workflow, name, outcome);
  } finally {
    view.close();
  }
}
