import type { Workflow } from "../workflow/index.ts";
import { fitRounds } from "./fit-rounds.ts";
import { processingJob, trainingJob } from "./job-state.ts";

/** The state in which an execution ends whose model did not pass the gate (A10). */
export const MODEL_REJECTED = "ModelRejected";

/**
 * `RecSysRecipeCoreWorkflow` (Q57): processed_data/ → model/ → evaluation/ → gate →
 * batch_transform_inference_output/.
 *
 * Only Publish moves a pointer, the serving one last: whatever fails before it, the old answers stay.
 */
export const coreWorkflow: Workflow = {
  comment: "Trains, evaluates, and if the model is good enough scores everybody and serves it",
  startAt: "NeedsTraining",
  states: {
    NeedsTraining: {
      type: "Choice",
      comment:
        "An execution may be given the model of an earlier one, or go on behind the gate that rejected it",
      choices: [
        { variable: "$.evaluation", operator: "IsPresent", value: true, next: "ServedRounds" },
        { variable: "$.inputs.model", operator: "IsPresent", value: true, next: "Transform" },
      ],
      default: "Train",
    },
    Train: trainingJob({
      workflow: "core",
      job: "train",
      instances: "training",
      next: "EvaluatedRounds",
    }),
    EvaluatedRounds: fitRounds("evaluated", "Evaluated", "Evaluate"),
    Evaluate: processingJob({
      workflow: "core",
      job: "evaluate",
      instances: "evaluation",
      sharded: true,
      next: "Compare",
    }),
    Compare: {
      ...processingJob({
        workflow: "core",
        job: "compare",
        instances: "evaluation",
        next: "Gate",
      }),
      resultSelector: { "verdict.$": "States.StringToJson($.ExitMessage)" },
      resultPath: "$.evaluation",
    },
    Gate: {
      type: "Choice",
      comment: "Does the model satisfy the threshold?",
      choices: [
        {
          variable: "$.evaluation.verdict.selected",
          operator: "BooleanEquals",
          value: true,
          next: "ServedRounds",
        },
      ],
      default: MODEL_REJECTED,
    },
    [MODEL_REJECTED]: {
      type: "Fail",
      error: MODEL_REJECTED,
      cause: { path: "$.evaluation.verdict.cause" },
    },
    ServedRounds: fitRounds("served", "Served", "Refit"),
    Refit: trainingJob({
      workflow: "core",
      job: "refit",
      instances: "training",
      next: "Transform",
    }),
    Transform: processingJob({
      workflow: "core",
      job: "transform",
      instances: "transform",
      sharded: true,
      next: "Merge",
    }),
    Merge: processingJob({
      workflow: "core",
      job: "merge",
      instances: "transform",
      next: "Publish",
    }),
    Publish: processingJob({
      workflow: "core",
      job: "publish",
      instances: "transform",
      next: "Served",
    }),
    Served: { type: "Succeed" },
  },
};
