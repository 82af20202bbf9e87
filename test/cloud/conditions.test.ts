import { describe, expect, test } from "vitest";

import { filled, GIVEN, roleOf } from "./filled.ts";
import { allows, statementsOf } from "./policies.ts";
import { shippedNames } from "./templates.ts";

/** What a right is tied to beyond its resource; a request of another context has to be refused. */
describe("a right that a condition narrows", () => {
  const jobRole = GIVEN["JobRole.Arn"];
  const give = "iam:PassRole";
  const passedTo = (service: string) => ({ "iam:PassedToService": `${service}.amazonaws.com` });
  const key = GIVEN.BucketKmsKeyArn;
  const through = (service: string) => ({ "kms:ViaService": `${service}.eu-west-1.amazonaws.com` });
  const own = "arn:aws:iam::111122223333:role/RecSys-eu-west-1-Any";
  const bucket = "arn:aws:s3:::shop";
  const listing = (prefix: string) => ({ "s3:prefix": prefix });
  const inFolder = listing("RecSys_Recipe_StepFunctions_CDK/model/");

  const sageMaker = { "cloudwatch:namespace": "/aws/sagemaker/TrainingJobs" };
  const orders = { "cloudwatch:namespace": "Orders" };

  test.each([
    ["RecSysCollectorStack", "WorkflowRole", give, jobRole, passedTo("sagemaker"), passedTo("ec2")],
    ["RecSysCoreStack", "WorkflowRole", give, jobRole, passedTo("sagemaker"), passedTo("lambda")],
    [
      "RecSysPanelAdmin",
      "InstanceRole",
      give,
      GIVEN["DeployRole.Arn"],
      passedTo("cloudformation"),
      passedTo("ec2"),
    ],
    ["RecSysPanelAdmin", "DeployRole", give, own, passedTo("states"), passedTo("ec2")],
    ["RecSysPanelAdmin", "DeployRole", give, own, passedTo("lambda"), {}],
    ["RecSysPanelAdmin", "Boundary", give, own, passedTo("sagemaker"), passedTo("lambda")],
    ["RecSysPanelAdmin", "Boundary", "kms:Decrypt", key, through("s3"), through("ebs")],
    ["RecSysPanelAdmin", "InstanceRole", "kms:Decrypt", key, through("s3"), {}],
    ["RecSysPanelAdmin", "DeployRole", "kms:Decrypt", key, through("s3"), through("lambda")],
    ["RecSysCollectorStack", "JobRole", "kms:GenerateDataKey", key, through("s3"), through("ebs")],
    ["RecSysCoreStack", "JobRole", "kms:Decrypt", key, through("s3"), {}],
    ["RecSysResponderStack", "FunctionRole", "kms:Decrypt", key, through("s3"), through("lambda")],
    ["RecSysCollectorStack", "JobRole", "s3:ListBucket", bucket, inFolder, listing("orders/")],
    ["RecSysCoreStack", "JobRole", "s3:ListBucket", bucket, inFolder, listing("")],
    ["RecSysResponderStack", "FunctionRole", "s3:ListBucket", bucket, inFolder, listing("orders/")],
    ["RecSysCoreStack", "JobRole", "cloudwatch:PutMetricData", "*", sageMaker, orders],
    ["RecSysCollectorStack", "JobRole", "cloudwatch:PutMetricData", "*", sageMaker, orders],
  ])("%s %s %s on %s", (stack, name, action, resource, good, bad) => {
    const statements = roleOf(stack, name);
    expect(allows(statements, action, resource, good)).toBe(true);
    expect(allows(statements, action, resource, bad)).toBe(false);
  });

  test("none is left out of these: every condition of every role stands above", () => {
    const conditions = shippedNames().flatMap((stack) =>
      Object.entries(filled(stack).Resources)
        .filter(([, { Type }]) => ["AWS::IAM::Role", "AWS::IAM::ManagedPolicy"].includes(Type))
        .flatMap(([name, resource]) =>
          statementsOf(resource)
            .filter(({ Condition }) => Condition !== undefined)
            .map(({ Sid }) => `${stack} ${name} ${Sid}`),
        ),
    );
    expect(conditions.toSorted()).toEqual([
      "RecSysCollectorStack JobRole ListObjects",
      "RecSysCollectorStack JobRole TellLoadOfInstances",
      "RecSysCollectorStack JobRole UseBucketKey",
      "RecSysCollectorStack WorkflowRole GiveJobsTheirRole",
      "RecSysCoreStack JobRole ListObjects",
      "RecSysCoreStack JobRole TellLoadOfInstances",
      "RecSysCoreStack JobRole UseBucketKey",
      "RecSysCoreStack WorkflowRole GiveJobsTheirRole",
      "RecSysPanelAdmin Boundary KeyOfBucket",
      "RecSysPanelAdmin Boundary RolesOfJobs",
      "RecSysPanelAdmin DeployRole GiveRoles",
      "RecSysPanelAdmin DeployRole MakeRolesWithinBoundary",
      "RecSysPanelAdmin DeployRole UseBucketKey",
      "RecSysPanelAdmin InstanceRole GiveDeployRole",
      "RecSysPanelAdmin InstanceRole UseBucketKey",
      "RecSysResponderStack FunctionRole ListObjects",
      "RecSysResponderStack FunctionRole UseBucketKey",
    ]);
  });
});

test("an operator that is not known is not passed over", () => {
  const statement = {
    ...{ Sid: "X", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] },
    Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  };
  expect(() => allows([statement], "s3:GetObject", "arn:aws:s3:::x")).toThrow("IpAddress");
});
