import type { WorkflowName } from "../../src/recipe/index.ts";
import type { Json } from "../../src/workflow/index.ts";
import type { Outcomes } from "./paths.ts";

/** A case: what happens, to which workflow, what its jobs come to, the input, the jobs that are started, the end. */
type Case = readonly [string, WorkflowName, Outcomes, Json, readonly string[], string];

const instance = { instanceType: "ml.m5.large", instanceCount: 2, volumeSizeGb: 30 };
const input = {
  bucket: "s3://shop",
  prefix: "P",
  execution: "one",
  jobPrefix: "recsys-one",
  instances: { collector: instance, training: instance, evaluation: instance, transform: instance },
  rounds: [],
  inputs: { processed_data: "data" },
};
const good = { Compare: [{ message: { selected: true, cause: "" } }] };
const lost = { error: "SageMaker.AmazonSageMakerException", cause: "try again" };
const failed = { error: "States.TaskFailed", cause: "ExitCode 1" };

/** Worked out by hand from the recipe. */
export const CASES: readonly Case[] = [
  [
    "all goes well",
    "collector",
    {},
    input,
    ["Collect", "Assemble", "Measure", "PublishData"],
    "succeeded",
  ],
  [
    "one instance collects",
    "collector",
    {},
    { ...input, instances: { ...input.instances, collector: { ...instance, instanceCount: 1 } } },
    ["Collect", "Measure", "PublishData"],
    "succeeded",
  ],
  [
    "a job fails",
    "collector",
    { Measure: [failed] },
    input,
    ["Collect", "Assemble", "Measure"],
    "failed States.TaskFailed ExitCode 1",
  ],
  [
    "an instance is lost twice",
    "collector",
    { Collect: [lost, lost, { message: {} }] },
    input,
    ["Collect", "Collect", "Collect", "Assemble", "Measure", "PublishData"],
    "succeeded",
  ],
  [
    "an instance is lost three times",
    "collector",
    { Collect: [lost] },
    input,
    ["Collect", "Collect", "Collect"],
    "failed SageMaker.AmazonSageMakerException try again",
  ],
  [
    "all goes well",
    "core",
    good,
    input,
    ["Train", "Evaluate", "Compare", "Refit", "Transform", "Merge", "Publish"],
    "succeeded",
  ],
  [
    "the gate says no",
    "core",
    { Compare: [{ message: { selected: false, cause: "too weak" } }] },
    input,
    ["Train", "Evaluate", "Compare"],
    "failed ModelRejected too weak",
  ],
  [
    "a model is given",
    "core",
    {},
    { ...input, inputs: { ...input.inputs, model: "earlier" } },
    ["Transform", "Merge", "Publish"],
    "succeeded",
  ],
  [
    "training fails",
    "core",
    { Train: [failed] },
    input,
    ["Train"],
    "failed States.TaskFailed ExitCode 1",
  ],
  [
    "the fits are shared in rounds",
    "core",
    good,
    { ...input, rounds: [0, 1] },
    [
      "Train",
      "EvaluatedRound",
      "EvaluatedAverage",
      "EvaluatedRound",
      "EvaluatedAverage",
      "Evaluate",
      "Compare",
      "ServedRound",
      "ServedAverage",
      "ServedRound",
      "ServedAverage",
      "Refit",
      "Transform",
      "Merge",
      "Publish",
    ],
    "succeeded",
  ],
  [
    "a round's instance is lost",
    "core",
    { ...good, EvaluatedAverage: [lost, { message: {} }] },
    { ...input, rounds: [0] },
    [
      "Train",
      "EvaluatedRound",
      "EvaluatedAverage",
      "EvaluatedAverage",
      "Evaluate",
      "Compare",
      "ServedRound",
      "ServedAverage",
      "Refit",
      "Transform",
      "Merge",
      "Publish",
    ],
    "succeeded",
  ],
];
