import { describe, expect, test } from "vitest";

import { coreWorkflow, DEFINITIONS, WORKFLOWS } from "../../src/recipe/index.ts";
import { jobPrefix } from "../../src/recipe/execution-name.ts";
import { compileWorkflow, type Json, type Outcome, runWorkflow } from "../../src/workflow/index.ts";
import { aslErrors } from "../workflow/asl-validator.ts";
import { memoryJournal } from "../workflow/memory-journal.ts";

test.each(WORKFLOWS)("Q54 Q57 the %s workflow is valid Amazon States Language", (name) => {
  expect(aslErrors(compileWorkflow(DEFINITIONS[name]))).toEqual([]);
});

/** Runs the core workflow's definition with tasks that only take note. */
async function walk(
  input: Json,
  message: object,
): Promise<{ outcome: Outcome; requests: Map<string, Record<string, unknown>> }> {
  const requests = new Map<string, Record<string, unknown>>();
  const outcome = await runWorkflow(coreWorkflow, input, {
    name: "core-7",
    journal: memoryJournal(),
    runTask: ({ state, parameters }) => {
      requests.set(state, parameters as Record<string, unknown>);
      return Promise.resolve({ ExitMessage: JSON.stringify(message) });
    },
  });
  return { outcome, requests };
}

const instance = { instanceType: "ml.c5.xlarge", instanceCount: 4, volumeSizeGb: 50 };
const input = {
  bucket: "s3://shop",
  prefix: "P",
  execution: "core-7",
  jobPrefix: "recsys-core-7",
  instances: { collector: instance, training: instance, evaluation: instance, transform: instance },
  rounds: [],
  inputs: { processed_data: "collector-1" },
};

describe("RecSysRecipeCoreWorkflow", () => {
  test("Q58 trains, evaluates, refits, transforms, merges, publishes", async () => {
    const { outcome, requests } = await walk(input, { selected: true, cause: "" });
    expect(outcome.status).toBe("succeeded");
    expect([...requests.keys()]).toEqual([
      "Train",
      "Evaluate",
      "Compare",
      "Refit",
      "Transform",
      "Merge",
      "Publish",
    ]);
  });

  test("Q103 Q104 requests have SageMaker's shape, and the configured instances", async () => {
    const { requests } = await walk(input, { selected: true, cause: "" });
    expect(requests.get("Transform")).toEqual({
      ProcessingJobName: "recsys-core-7-transform-0-0",
      ProcessingResources: {
        ClusterConfig: { InstanceCount: 4, InstanceType: "ml.c5.xlarge", VolumeSizeInGB: 50 },
      },
      AppSpecification: {
        ImageUri: "${ImageUri}",
        ContainerEntrypoint: ["node", "/app/src/recipe/job.ts"],
        ContainerArguments: ["transform"],
      },
      Environment: {
        RECSYS_BUCKET: "s3://shop",
        RECSYS_PREFIX: "P",
        RECSYS_WORKFLOW: "core",
        RECSYS_EXECUTION: "core-7",
        RECSYS_STARTED_AT: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      },
      StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
      RoleArn: "${JobRoleArn}",
      Tags: [
        { Key: "Application", Value: "RecSys" },
        { Key: "RecSysComponent", Value: "core" },
        { Key: "RecSysExecution", Value: "core-7" },
      ],
    });
    expect(requests.get("Train")).toMatchObject({
      TrainingJobName: "recsys-core-7-train-0-0",
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.c5.xlarge", VolumeSizeInGB: 50 },
      AlgorithmSpecification: { TrainingInputMode: "File", ContainerArguments: ["train"] },
      OutputDataConfig: { S3OutputPath: "s3://shop/P/executions/core/core-7/sagemaker" },
    });
  });

  test("Q62 A10 ends in ModelRejected when the gate says no", async () => {
    const { outcome, requests } = await walk(input, { selected: false, cause: "too weak" });
    expect(outcome).toEqual({
      status: "failed",
      state: "ModelRejected",
      error: "ModelRejected",
      cause: "too weak",
    });
    expect([...requests.keys()]).toEqual(["Train", "Evaluate", "Compare"]);
  });

  test("several instances share both fits in rounds: each trains, then one averages", async () => {
    const states: string[] = [];
    const requests: Record<string, unknown>[] = [];
    const outcome = await runWorkflow(
      coreWorkflow,
      { ...input, rounds: [0, 1] },
      {
        name: "core-7",
        journal: memoryJournal(),
        runTask: ({ state, parameters }) => {
          states.push(state);
          requests.push(parameters as Record<string, unknown>);
          return Promise.resolve({ ExitMessage: JSON.stringify({ selected: true, cause: "" }) });
        },
      },
    );
    expect(outcome.status).toBe("succeeded");
    const rounds = (fit: string) => [0, 1].flatMap(() => [`${fit}Round`, `${fit}Average`]);
    expect(states).toEqual([
      "Train",
      ...rounds("Evaluated"),
      "Evaluate",
      "Compare",
      ...rounds("Served"),
      "Refit",
      "Transform",
      "Merge",
      "Publish",
    ]);
    expect(requests[3]).toMatchObject({
      TrainingJobName: "recsys-core-7-round-evaluated-1-0-0",
      ResourceConfig: { InstanceCount: 4 },
      AlgorithmSpecification: { ContainerArguments: ["round"] },
      Environment: { RECSYS_FIT: "evaluated", RECSYS_ROUND: "1", RECSYS_EXECUTION: "core-7" },
    });
    expect(requests[4]).toMatchObject({
      ProcessingJobName: "recsys-core-7-average-evaluated-1-0-0",
      ProcessingResources: { ClusterConfig: { InstanceCount: 1 } },
      Environment: { RECSYS_FIT: "evaluated", RECSYS_ROUND: "1" },
    });
  });

  test("with a model given it only transforms, merges and publishes", async () => {
    const given = { ...input, inputs: { ...input.inputs, model: "core-1" } };
    const { requests } = await walk(given, {});
    expect([...requests.keys()]).toEqual(["Transform", "Merge", "Publish"]);
  });
});

test("A24 an execution's name becomes a job name that SageMaker takes, and stays unique", () => {
  const sageMaker = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
  const names = ["core-1", "a_b", "a-b", "_", "-x-", "x".repeat(80), `${"x".repeat(79)}y`, "a--b"];
  const prefixes = names.map(jobPrefix);
  for (const prefix of prefixes) {
    expect(`${prefix}-publish-data-99-2`).toMatch(sageMaker);
    expect(`${prefix}-average-evaluated-199-99-2`).toMatch(sageMaker);
  }
  expect(new Set(prefixes).size).toBe(names.length);
  expect(jobPrefix("core-20261123-101500")).toBe("recsys-core-20261123-101500");
});
