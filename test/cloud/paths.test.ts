import { describe, expect, test } from "vitest";

import type { Json } from "../../src/workflow/index.ts";
import { type Outcomes, walkElsewhere, walkHere } from "./paths.ts";
import { resourcesOf } from "./templates.ts";

const instance = { instanceType: "ml.m5.large", instanceCount: 2, volumeSizeGb: 30 };
const input = {
  bucket: "s3://shop",
  prefix: "P",
  jobPrefix: "recsys-one",
  instances: { collector: instance, training: instance, evaluation: instance, transform: instance },
  rounds: [],
  inputs: { processed_data: "data" },
};
const good = { Evaluate: [{ message: { selected: true, cause: "" } }] };
const lost = { error: "SageMaker.AmazonSageMakerException", cause: "try again" };
const failed = { error: "States.TaskFailed", cause: "ExitCode 1" };

/** The definition as the template deploys it. */
function deployed(stack: string): object {
  const [[, { Properties }] = ["", { Properties: {} }]] = resourcesOf(stack, "AWS::StepFunctions::StateMachine");
  return JSON.parse(Properties["DefinitionString"] as string) as object;
}

const CASES: readonly (readonly [string, "collector" | "core", Outcomes, Json, readonly string[], string])[] = [
  ["all goes well", "collector", {}, input, ["Collect", "Measure", "PublishData"], "succeeded"],
  ["a job fails", "collector", { Measure: [failed] }, input, ["Collect", "Measure"], "failed States.TaskFailed ExitCode 1"],
  ["an instance is lost twice", "collector", { Collect: [lost, lost, { message: {} }] }, input, ["Collect", "Collect", "Collect", "Measure", "PublishData"], "succeeded"],
  ["an instance is lost three times", "collector", { Collect: [lost] }, input, ["Collect", "Collect", "Collect"], "failed SageMaker.AmazonSageMakerException try again"],
  ["all goes well", "core", good, input, ["Train", "Evaluate", "Refit", "Transform", "Merge", "Publish"], "succeeded"],
  ["the gate says no", "core", { Evaluate: [{ message: { selected: false, cause: "too weak" } }] }, input, ["Train", "Evaluate"], "failed ModelRejected too weak"],
  ["a model is given", "core", {}, { ...input, inputs: { ...input.inputs, model: "earlier" } }, ["Transform", "Merge", "Publish"], "succeeded"],
  ["training fails", "core", { Train: [failed] }, input, ["Train"], "failed States.TaskFailed ExitCode 1"],
  ["the fits are shared in rounds", "core", good, { ...input, rounds: [0, 1] }, ["Train", "EvaluatedRound", "EvaluatedAverage", "EvaluatedRound", "EvaluatedAverage", "Evaluate", "ServedRound", "ServedAverage", "ServedRound", "ServedAverage", "Refit", "Transform", "Merge", "Publish"], "succeeded"],
  ["a round's instance is lost", "core", { ...good, EvaluatedAverage: [lost, { message: {} }] }, { ...input, rounds: [0] }, ["Train", "EvaluatedRound", "EvaluatedAverage", "EvaluatedAverage", "Evaluate", "ServedRound", "ServedAverage", "Refit", "Transform", "Merge", "Publish"], "succeeded"],
];

describe("Q58 Q62 the deployed workflow goes the way of the local one", () => {
  test.each(CASES)("when %s in the %s", async (_, workflow, outcomes, given, jobs, end) => {
    const here = await walkHere(workflow, given, outcomes);
    const stack = workflow === "collector" ? "RecSysCollectorStack" : "RecSysCoreStack";
    const elsewhere = await walkElsewhere(deployed(stack), given, outcomes);
    expect(elsewhere.jobs).toEqual(jobs);
    expect(here.jobs).toEqual(jobs);
    const endOf = ({ end: status, error, cause }: typeof here) => [status, error, cause].filter((part) => part !== undefined).join(" ");
    expect(endOf(elsewhere)).toBe(end);
    expect(endOf(here)).toBe(end);
    // The same requests, but for the clock's and the retries' marks, which the other engine does not count.
    expect(elsewhere.requests.map(plain)).toEqual(here.requests.map(plain));
  });
});

function plain(request: Json): unknown {
  const text = JSON.stringify(request)
    .replace(/"RECSYS_STARTED_AT":"[^"]*"/, '"RECSYS_STARTED_AT":"…"')
    .replace(/(JobName":"[^"]*-0)-\d"/, '$1-…"');
  return JSON.parse(text);
}
