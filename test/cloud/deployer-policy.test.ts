import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { fillIn } from "./fill-in.ts";
import { filledWith, STACKS } from "./filled.ts";
import { missingOf, type Need, needsOf } from "./needs.ts";
import { allows, type PolicyStatement } from "./policies.ts";
import { template } from "./templates.ts";

const page = readFileSync(new URL("../../docs/aws.md", import.meta.url), "utf8");

/** The policy under a heading of docs/aws.md. */
function policyUnder(heading: string): readonly PolicyStatement[] {
  const [, section = ""] = page.split(`\n### ${heading}\n`);
  const [, text = ""] = /```json\n(.*?)```/s.exec(section)!;
  // The limit of a customer's policy, white space not counted.
  expect(text.replace(/\s/g, "").length).toBeLessThan(6144);
  return (JSON.parse(text) as { readonly Statement: readonly PolicyStatement[] }).Statement;
}

const ACCOUNT = "111122223333";
const here = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

describe("Q133 the policy of who creates RecSysPanelAdmin", () => {
  const statements = policyUnder("Who creates RecSysPanelAdmin");

  test("is enough to create, change and delete that stack", () => {
    const given = { TlsSecretArn: "arn:x", BucketKmsKeyArn: "arn:y" };
    expect(missingOf(statements, needsOf(fillIn(template("RecSysPanelAdmin"), given)))).toEqual([]);
  });

  test("reaches no role, bucket or stack of another name, and no other region's instances", () => {
    for (const [action, arn] of [
      ["iam:PutRolePolicy", role("Admin")],
      ["iam:CreateUser", `arn:aws:iam::${ACCOUNT}:user/x`],
      ["s3:PutBucketPolicy", "arn:aws:s3:::orders"],
      ["cloudformation:DeleteStack", here("cloudformation", "stack/Orders/1")],
    ] as const) {
      expect(allows(statements, action, arn), action).toBe(false);
    }
    const region = (name: string) => ({ "aws:RequestedRegion": name });
    expect(allows(statements, "ec2:RunInstances", "*", region("eu-west-1"))).toBe(true);
    expect(allows(statements, "ec2:RunInstances", "*", region("us-east-1"))).toBe(false);
  });
});

describe("the policy of who deploys from the command line", () => {
  const statements = policyUnder("Who deploys from the command line");

  test.each(STACKS)("is enough for all of %s, within a boundary and without one", (stack) => {
    for (const PermissionsBoundaryArn of ["", `arn:aws:iam::${ACCOUNT}:policy/b`]) {
      const given = { BucketName: "my-bucket", CodeBucket: "my-bucket", PermissionsBoundaryArn };
      expect(missingOf(statements, needsOf(filledWith(stack, given)))).toEqual([]);
    }
  });

  test("is enough for every call that deploy, execute, status, stop and burn make", () => {
    const calls = callsOf(
      "../../src/cloud/deployer",
      "../../src/cloud/executions",
      "../../src/cloud/logs",
      "../../src/storage/s3",
    );
    // The calls were found: these are among them.
    expect(calls).toEqual(
      expect.arrayContaining(["cloudformation:CreateChangeSet", "s3:PutObject"]),
    );
    const unknown = calls.filter((call) => !(call in NEEDS_OF_CALLS));
    expect(unknown, "what a call needs is not known; add it below").toEqual([]);
    expect(
      missingOf(
        statements,
        calls.flatMap((call) => NEEDS_OF_CALLS[call]!),
      ),
    ).toEqual([]);
  });

  test("takes the function's code out of a bucket of releases, and hands roles to their services", () => {
    const needs: readonly Need[] = [
      ["s3:GetObject", "arn:aws:s3:::my-releases/recsys/1.0.0/recsys-responder.zip"],
      ...["states", "lambda"].map((service): Need => [
        "iam:PassRole",
        role("RecSys-eu-west-1-Any"),
        { "iam:PassedToService": `${service}.amazonaws.com` },
      ]),
    ];
    expect(missingOf(statements, needs)).toEqual([]);
  });

  test("reaches nothing of anybody else's", () => {
    for (const [action, arn] of [
      ["iam:PutRolePolicy", role("Admin")],
      ["iam:CreateUser", `arn:aws:iam::${ACCOUNT}:user/x`],
      ["s3:GetObject", "arn:aws:s3:::orders/x"],
      ["s3:DeleteObject", "arn:aws:s3:::my-bucket/somebody-elses/x"],
      ["cloudformation:DeleteStack", here("cloudformation", "stack/RecSysPanelAdmin/1")],
      ["states:StartExecution", here("states", "stateMachine:Orders")],
      ["lambda:UpdateFunctionCode", here("lambda", "function:Orders")],
      [
        "logs:GetLogEvents",
        here("logs", "log-group:/aws/sagemaker/ProcessingJobs:log-stream:orders"),
      ],
      ["ec2:RunInstances", "*"],
    ] as const) {
      expect(allows(statements, action, arn), action).toBe(false);
    }
    expect(
      allows(statements, "iam:PassRole", role("RecSys-x"), {
        "iam:PassedToService": "ec2.amazonaws.com",
      }),
    ).toBe(false);
  });
});

/** The calls of AWS that sources make, as IAM calls their services: `cloudformation:CreateChangeSet`. */
function callsOf(...folders: readonly string[]): readonly string[] {
  const calls = folders.flatMap((name) => {
    const folder = fileURLToPath(new URL(name, import.meta.url));
    return readdirSync(folder).flatMap((file) => {
      const source = readFileSync(`${folder}/${file}`, "utf8");
      return [
        ...source.matchAll(/import \{([^}]*)\} from "@aws-sdk\/(client-[a-z0-9-]+|lib-storage)"/g),
      ].flatMap(([, names = "", client = ""]) =>
        [...names.matchAll(/\b(?:paginate([A-Z]\w*)|([A-Z]\w*)Command|(Upload))\b/g)].map(
          ([, paged, single, upload]) => `${SERVICES[client]}:${paged ?? single ?? upload}`,
        ),
      );
    });
  });
  return [...new Set(calls)].toSorted();
}

const SERVICES: Readonly<Record<string, string>> = {
  "client-cloudformation": "cloudformation",
  "client-cloudwatch-logs": "logs",
  "client-sfn": "states",
  "client-s3": "s3",
  "lib-storage": "s3",
  "client-api-gateway": "apigateway",
};

const stack = here("cloudformation", "stack/RecSysCoreStack/1");
const machine = here("states", "stateMachine:RecSysRecipeCoreWorkflow");
const execution = here("states", "execution:RecSysRecipeCoreWorkflow:core-1");
const jobs = here("logs", "log-group:/aws/sagemaker/TrainingJobs");
const stream = `${jobs}:log-stream:recsys-core-1/algo-1`;
const group = here("logs", "log-group:RecSys");
const bucket = "arn:aws:s3:::my-bucket";
const object = `${bucket}/RecSys_Recipe_StepFunctions_CDK/processed_data/current.json`;
const onStack = (...actions: readonly string[]): Readonly<Record<string, readonly Need[]>> =>
  Object.fromEntries(
    actions.map((action) => [`cloudformation:${action}`, [[`cloudformation:${action}`, stack]]]),
  );

/**
 * What the calls need, where it is not called as they are: by the service authorization reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/), as remembered.
 */
const NEEDS_OF_CALLS: Readonly<Record<string, readonly Need[]>> = {
  ...onStack(
    ...["CreateChangeSet", "DeleteChangeSet", "DescribeChangeSet", "ExecuteChangeSet"],
    ...[
      "DeleteStack",
      "DescribeStacks",
      "DescribeStackEvents",
      "ListStackResources",
      "GetTemplate",
    ],
    ...["DetectStackDrift", "DescribeStackResourceDrifts"],
  ),
  "cloudformation:DescribeStackDriftDetectionStatus": [
    ["cloudformation:DescribeStackDriftDetectionStatus", "*"],
  ],
  "states:StartExecution": [["states:StartExecution", machine]],
  "states:ListExecutions": [["states:ListExecutions", machine]],
  "states:DescribeExecution": [["states:DescribeExecution", execution]],
  "states:GetExecutionHistory": [["states:GetExecutionHistory", execution]],
  "states:RedriveExecution": [["states:RedriveExecution", execution]],
  "states:StopExecution": [["states:StopExecution", execution]],
  "logs:CreateLogGroup": [["logs:CreateLogGroup logs:TagResource", group]],
  "logs:PutRetentionPolicy": [["logs:PutRetentionPolicy", group]],
  "logs:DescribeLogGroups": [["logs:DescribeLogGroups", "*"]],
  "logs:DescribeLogStreams": [["logs:DescribeLogStreams", jobs]],
  "logs:GetLogEvents": [["logs:GetLogEvents", stream]],
  "s3:GetObject": [["s3:GetObject", object]],
  "s3:HeadObject": [["s3:GetObject", object]],
  "s3:PutObject": [["s3:PutObject", object]],
  "s3:DeleteObject": [["s3:DeleteObject", object]],
  "s3:DeleteObjects": [["s3:DeleteObject", object]],
  "s3:ListObjectsV2": [["s3:ListBucket", bucket]],
  "s3:Upload": [["s3:PutObject s3:AbortMultipartUpload", object]],
};
