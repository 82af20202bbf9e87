import { expect, test } from "vitest";

import { MODEL_REJECTED } from "../../src/recipe/index.ts";
import { fillIn } from "./fill-in.ts";
import { template } from "./templates.ts";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:shop";

interface Target {
  readonly Arn: string;
  readonly InputTransformer: {
    readonly InputPathsMap: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

/** The rule's targets, in a stack whose bucket is `shop`. */
function targetsOf(stack: string, CompletionTopicArn: string): readonly Target[] {
  const { Completion } = fillIn(template(stack), {
    ...{ CompletionTopicArn, BucketName: "shop", BucketPrefix: "folder" },
    ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:1.0",
  }).Resources;
  return (Completion!.Properties["Targets"] ?? []) as readonly Target[];
}

/**
 * What EventBridge makes of an event: a variable between quotes is put in as it is, another one as JSON.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function transformed(
  { InputTransformer: { InputPathsMap: paths, InputTemplate } }: Target,
  event: object,
) {
  const valueOf = (name: string): unknown =>
    paths[name]!.split(".")
      .slice(1)
      .reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], event);
  return JSON.parse(
    InputTemplate.replace(/"<(\w+)>"|<(\w+)>/g, (_, quoted: string | undefined, bare: string) =>
      quoted === undefined ? JSON.stringify(valueOf(bare)) : JSON.stringify(valueOf(quoted) ?? ""),
    ),
  ) as unknown;
}

/** As Step Functions tells it (docs.aws.amazon.com, "Execution status change events"). */
const eventOf = (status: string, error: string | null) => ({
  "detail-type": "Step Functions Execution Status Change",
  source: "aws.states",
  time: "2026-11-26T11:02:13Z",
  detail: {
    ...{ executionArn: "arn:aws:states:x", stateMachineArn: "arn:aws:states:y", name: "core-1" },
    ...{ status, input: "{}", output: null, error, cause: error === null ? null : 'it "failed"' },
  },
});

test.each([
  ["SUCCEEDED", null, ""],
  ["FAILED", MODEL_REJECTED, "ModelRejected"],
  ["FAILED", "States.TaskFailed", "States.TaskFailed"],
  ["ABORTED", null, ""],
])(
  "the topic is told of %s, %s: a rejected model is told from a failed run",
  (status, given, error) => {
    const [target] = targetsOf("RecSysCoreStack", TOPIC);
    expect(target!.Arn).toBe(TOPIC);
    expect(transformed(target!, eventOf(status, given))).toEqual({
      ...{ application: "RecSys", workflow: "core", execution: "core-1", status, error },
      ...{ bucket: "shop", prefix: "folder" },
      ...{ executionArn: "arn:aws:states:x", time: "2026-11-26T11:02:13Z" },
    });
  },
);

test("without a topic nobody is told, and the rule is there for others", () => {
  for (const stack of ["RecSysCollectorStack", "RecSysCoreStack"]) {
    expect(targetsOf(stack, "")).toEqual([]);
    expect(targetsOf(stack, TOPIC)).toHaveLength(1);
  }
});
