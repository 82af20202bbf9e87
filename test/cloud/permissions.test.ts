import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { stackParameters } from "../../src/cloud/deployer/stack-parameters.ts";
import { functionCode } from "../../src/cloud/deployer/function-code.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { filled, filledWith, GIVEN, objects, roleOf, STACKS } from "./filled.ts";
import { missingOf, needsOf } from "./needs.ts";
import { allows, contextsOf, type PolicyStatement, rolesOf, statementsOf } from "./policies.ts";
import { shippedNames } from "./templates.ts";

const roles = shippedNames().flatMap((stack) =>
  rolesOf(filled(stack)).map(([name, role]) => [stack, name, role] as const),
);

describe("Q138 every role", () => {
  test.each(roles)("of %s, %s, names its resources, or says why it cannot", (_, __, role) => {
    const reasons = role.Metadata?.RecSys?.AnyResource ?? {};
    const open = statementsOf(role).filter(({ Resource }) => Resource.includes("*"));
    for (const { Sid } of open) expect(reasons[Sid]?.length, Sid).toBeGreaterThan(20);
  });

  test.each(roles)("of %s, %s, names its actions in full", (_, __, role) => {
    for (const { Action } of statementsOf(role)) {
      for (const action of Action) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
    }
  });

  test.each(roles)("of %s, %s, fits into AWS's limit for a role's own policies", (_, __, role) => {
    const { Policies } = role.Properties as { Policies: readonly { PolicyDocument: object }[] };
    const characters = Policies.map(({ PolicyDocument }) => JSON.stringify(PolicyDocument).length);
    expect(characters.reduce((sum, count) => sum + count, 0)).toBeLessThan(10_240);
  });

  test.each(roles)("of %s, %s, is taken on by one service, for this account", (stack, __, role) => {
    const { AssumeRolePolicyDocument } = role.Properties as {
      AssumeRolePolicyDocument: { Statement: readonly Record<string, unknown>[] };
    };
    const [trust, ...more] = AssumeRolePolicyDocument.Statement;
    expect(more).toEqual([]);
    const { Service } = trust!["Principal"] as { Service: string };
    expect(Service).toMatch(/^[a-z0-9]+\.amazonaws\.com$/);
    // EC2 acts for an account's own instances only, and gives no source account.
    if (Service !== "ec2.amazonaws.com") {
      expect(trust!["Condition"]).toEqual({
        StringEquals: { "aws:SourceAccount": "111122223333" },
      });
    }
    expect(stack).toMatch(/^RecSys/);
  });
});

describe("what a component may touch", () => {
  const collector = roleOf("RecSysCollectorStack", "JobRole");
  const core = roleOf("RecSysCoreStack", "JobRole");
  const responder = roleOf("RecSysResponderStack", "FunctionRole");

  test("the collector's jobs read raw data and write no model", () => {
    expect(allows(collector, "s3:GetObject", objects("raw_data/item_features.csv"))).toBe(true);
    expect(allows(collector, "s3:PutObject", objects("processed_data/one/manifest.json"))).toBe(
      true,
    );
    expect(allows(collector, "s3:PutObject", objects("model/one/manifest.json"))).toBe(false);
    expect(allows(collector, "s3:PutObject", objects("batch_transform_inference_output/x"))).toBe(
      false,
    );
  });

  test("the core's jobs never see raw data, nor change what the collector made", () => {
    expect(allows(core, "s3:GetObject", objects("raw_data/item_features.csv"))).toBe(false);
    expect(allows(core, "s3:PutObject", objects("model/one/weights.safetensors"))).toBe(true);
    expect(allows(core, "s3:PutObject", objects("processed_data/current.json"))).toBe(false);
  });

  test("the responder reads what is served, its configuration and the keys' digests, and writes nothing", () => {
    expect(
      allows(responder, "s3:GetObject", objects("batch_transform_inference_output/current.json")),
    ).toBe(true);
    expect(allows(responder, "s3:GetObject", objects("deployments/responder/3.json"))).toBe(true);
    expect(allows(responder, "s3:GetObject", objects("api_keys.json"))).toBe(true);
    for (const place of [
      "raw_data/x",
      "processed_data/x",
      "model/x",
      "executions/core/one/input.json",
    ]) {
      expect(allows(responder, "s3:GetObject", objects(place)), place).toBe(false);
    }
    expect(
      responder.flatMap(({ Action }) => Action).filter((action) => /s3:(Put|Delete)/.test(action)),
    ).toEqual([]);
  });

  test("nobody but the panel reads its people, and none but the panel writes keys", () => {
    const panel = roleOf("RecSysPanelAdmin", "InstanceRole");
    for (const role of [collector, core, responder]) {
      expect(allows(role, "s3:GetObject", objects("panel/panel.sqlite"))).toBe(false);
      expect(allows(role, "s3:PutObject", objects("api_keys.json"))).toBe(false);
    }
    for (const role of [collector, core]) {
      expect(allows(role, "s3:GetObject", objects("api_keys.json"))).toBe(false);
    }
    expect(allows(panel, "s3:GetObject", objects("panel/panel.sqlite"))).toBe(true);
    expect(allows(panel, "s3:PutObject", objects("api_keys.json"))).toBe(true);
    expect(allows(panel, "apigateway:POST", "arn:aws:apigateway:eu-west-1::/apikeys")).toBe(false);
  });

  test("the bucket's key, where it is the owner's, is used by jobs, function, panel and deployer, through S3 alone", () => {
    const key = GIVEN.BucketKmsKeyArn;
    const throughS3 = { "kms:ViaService": "s3.eu-west-1.amazonaws.com" };
    for (const [stack, name] of [
      ["RecSysCollectorStack", "JobRole"],
      ["RecSysCoreStack", "JobRole"],
      ["RecSysResponderStack", "FunctionRole"],
      ["RecSysPanelAdmin", "InstanceRole"],
      ["RecSysPanelAdmin", "DeployRole"], // the function's code lies in the bucket too
    ] as const) {
      const role = roleOf(stack, name);
      expect(allows(role, "kms:Decrypt", key, throughS3), `${stack} ${name}`).toBe(true);
      expect(allows(role, "kms:Decrypt", key), `${stack} ${name}`).toBe(false);
      const without = filledWith(stack, { BucketKmsKeyArn: "" }).Resources[name]!;
      expect(allows(statementsOf(without), "kms:Decrypt", key, throughS3)).toBe(false);
    }
  });

  test("a job pulls its own image only, whatever the repository is called", () => {
    expect(
      allows(
        collector,
        "ecr:BatchGetImage",
        "arn:aws:ecr:eu-west-1:444455556666:repository/recsys/jobs",
      ),
    ).toBe(true);
    expect(
      allows(collector, "ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:444455556666:repository/other"),
    ).toBe(false);
    const byDigest = filledWith("RecSysCoreStack", {
      ImageUri: "444455556666.dkr.ecr.us-east-1.amazonaws.com/recsys@sha256:0a",
    });
    expect(
      allows(
        statementsOf(byDigest.Resources["JobRole"]!),
        "ecr:BatchGetImage",
        "arn:aws:ecr:us-east-1:444455556666:repository/recsys",
      ),
    ).toBe(true);
  });

  test("a state machine starts and stops RecSys's own jobs only", () => {
    const workflow = roleOf("RecSysCoreStack", "WorkflowRole");
    const job = (kind: string, name: string) =>
      `arn:aws:sagemaker:eu-west-1:111122223333:${kind}-job/${name}`;
    expect(
      allows(workflow, "sagemaker:CreateTrainingJob", job("training", "recsys-core-1-train-0-0")),
    ).toBe(true);
    expect(
      allows(workflow, "sagemaker:StopProcessingJob", job("processing", "somebody-elses")),
    ).toBe(false);
    const collectors = roleOf("RecSysCollectorStack", "WorkflowRole");
    expect(allows(collectors, "sagemaker:CreateTrainingJob", job("training", "recsys-x"))).toBe(
      false,
    );
  });

  test("Q102 the panel reads the one log group and what RecSys's jobs print, and no other log", () => {
    const panel = roleOf("RecSysPanelAdmin", "InstanceRole");
    const group = (name: string) => `arn:aws:logs:eu-west-1:111122223333:log-group:${name}`;
    for (const name of ["/aws/sagemaker/ProcessingJobs", "/aws/sagemaker/TrainingJobs"]) {
      expect(allows(panel, "logs:DescribeLogStreams", group(name)), name).toBe(true);
      const stream = (job: string) => `${group(name)}:log-stream:${job}/algo-1-1790000000`;
      expect(allows(panel, "logs:GetLogEvents", stream("recsys-core-1-train-0-0"))).toBe(true);
      expect(allows(panel, "logs:GetLogEvents", stream("somebody-elses"))).toBe(false);
    }
    expect(allows(panel, "logs:DescribeLogStreams", group("RecSys"))).toBe(true);
    const states = `${group("RecSys")}:log-stream:states/RecSysRecipeCoreWorkflow/2026-11-27-08-30/x`;
    expect(allows(panel, "logs:GetLogEvents", states)).toBe(true);
    for (const name of ["RecSysOrders", "/aws/lambda/orders", "/aws/sagemaker/Endpoints/x"]) {
      expect(allows(panel, "logs:GetLogEvents", `${group(name)}:log-stream:recsys-x`), name).toBe(
        false,
      );
    }
  });

  test("A28 the panel lists buckets and log groups only where the parameters say so", () => {
    const closed = filledWith("RecSysPanelAdmin", {
      AccessS3Buckets: "false",
      AccessCloudWatchLogGroups: "false",
    });
    const may = (statements: readonly PolicyStatement[]) =>
      ["s3:ListAllMyBuckets", "logs:DescribeLogGroups"].map((action) =>
        allows(statements, action, "*"),
      );
    expect(may(roleOf("RecSysPanelAdmin", "InstanceRole"))).toEqual([true, true]);
    expect(may(statementsOf(closed.Resources["InstanceRole"]!))).toEqual([false, false]);
  });
});

describe("the boundary", () => {
  const bounds = roleOf("RecSysPanelAdmin", "Boundary");

  test.each(STACKS)("holds all that the roles of %s may do", (stack) => {
    for (const [name, role] of rolesOf(filled(stack))) {
      for (const statement of statementsOf(role)) {
        const { Sid, Action, Resource } = statement;
        const beyond = Action.flatMap((action) =>
          Resource.flatMap((resource) =>
            contextsOf(statement)
              .filter((context) => !allows(bounds, action, resource, context))
              .map(() => `${name} ${Sid} ${action} ${resource}`),
          ),
        );
        expect(beyond).toEqual([]);
      }
    }
  });

  test("lets no role make roles, users, keys or stacks, nor read secrets", () => {
    for (const action of [
      "iam:CreateRole",
      "iam:CreateUser",
      "iam:CreateAccessKey",
      "iam:AttachRolePolicy",
      "cloudformation:CreateStack",
      "secretsmanager:GetSecretValue",
      "ec2:RunInstances",
    ]) {
      expect(allows(bounds, action, "arn:aws:any:::x"), action).toBe(false);
    }
  });

  test("fits into AWS's limit for a managed policy", () => {
    const { PolicyDocument } = filled("RecSysPanelAdmin").Resources["Boundary"]!.Properties;
    expect(JSON.stringify(PolicyDocument).length).toBeLessThan(6144);
  });

  test("is asked of every role that CloudFormation makes for the panel", () => {
    const making = roleOf("RecSysPanelAdmin", "DeployRole").filter(({ Action }) =>
      Action.some((action) => /iam:(Create|Put|Attach)/.test(action)),
    );
    expect(making).toHaveLength(1);
    const create = (bounds?: string) =>
      allows(
        making,
        "iam:CreateRole",
        "arn:aws:iam::111122223333:role/RecSys-x",
        bounds === undefined ? {} : { "iam:PermissionsBoundary": bounds },
      );
    expect(create("arn:aws:iam::111122223333:policy/b")).toBe(true);
    expect(create("arn:aws:iam::111122223333:policy/other")).toBe(false);
    expect(create()).toBe(false);
    for (const stack of STACKS) {
      for (const [, role] of rolesOf(filled(stack))) {
        expect(role.Properties["PermissionsBoundary"]).toBe("arn:aws:iam::111122223333:policy/b");
      }
    }
  });
});

describe("Q133 the role that CloudFormation takes on", () => {
  const deployer = roleOf("RecSysPanelAdmin", "DeployRole");

  test.each(STACKS)("may create, change and delete all of %s", (stack) => {
    expect(missingOf(deployer, needsOf(filled(stack)))).toEqual([]);
  });

  test("may read the function's code where the panel really puts it", async () => {
    const config = RecSysConfig.parse({});
    const file = fileURLToPath(import.meta.url); // any bytes will do
    const code = await functionCode(await temporaryBucket(), config, { file });
    const given = stackParameters("responder", {
      ...{ bucket: { url: "s3://shop" }, config, deployment: 1, code },
    });
    const stack = filledWith("RecSysResponderStack", given);
    const { Code } = stack.Resources["Function"]!.Properties;
    expect(Code).toEqual({ S3Bucket: "shop", S3Key: code.key });
    expect(missingOf(deployer, needsOf(stack))).toEqual([]);
  });

  test("may touch nothing of anybody else", () => {
    expect(allows(deployer, "iam:DeleteRole", "arn:aws:iam::111122223333:role/Admin")).toBe(false);
    expect(
      allows(
        deployer,
        "states:DeleteStateMachine",
        "arn:aws:states:eu-west-1:111122223333:stateMachine:Orders",
      ),
    ).toBe(false);
    expect(
      allows(
        deployer,
        "lambda:UpdateFunctionCode",
        "arn:aws:lambda:eu-west-1:111122223333:function:Orders",
      ),
    ).toBe(false);
    expect(allows(deployer, "s3:DeleteObject", objects("raw_data/x"))).toBe(false);
  });
});
