import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { compileWorkflow } from "../../src/workflow/index.ts";
import { DEFINITIONS } from "../../src/recipe/index.ts";
import type { Emulator } from "./emulator.ts";
import { createStack, deleteStack, startMiniStack } from "./mini-stack.ts";
import { mockConfiguration, walkStack } from "./mini-stack-walk.ts";
import { CASES } from "./path-cases.ts";
import { missingPython } from "../python.ts";
import { templateText } from "./templates.ts";
import { zip } from "./zip.ts";

const missing = missingPython("ministack");
if (missing !== undefined) console.warn(`MiniStack is skipped: ${missing}`);

const IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys/jobs:1.0";
const COMMON = { BucketName: "shop-bucket", LogGroupName: "shop-logs" };
const LOCATION =
  "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
/** MiniStack throws a mocked error at every retry, so a job that goes well in the end cannot be had. */
const PLAYABLE = CASES.filter(([, , outcomes]) =>
  Object.values(outcomes).every((list) => list.length === 1),
);

describe.skipIf(missing !== undefined)("in MiniStack", () => {
  let aws: Emulator;

  beforeAll(async () => {
    const mocks = join(mkdtempSync(join(tmpdir(), "mocks-")), "mocks.json");
    writeFileSync(mocks, JSON.stringify(mockConfiguration(PLAYABLE)));
    aws = await startMiniStack({ SFN_MOCK_CONFIG: mocks, SFN_WAIT_SCALE: "0" });
    await aws.rest("s3", "PUT", "/shop-bucket", LOCATION);
    // What the function is given, it gives back: here it is API Gateway that is looked at.
    const handler =
      "exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify({ path: event.path, ids: event.multiValueQueryStringParameters?.id_list }) });";
    await aws.rest("s3", "PUT", "/shop-bucket/dist/responder.zip", zip("index.js", handler));
  });
  afterAll(() => aws.stop());

  test.each([
    ["collector", "RecSysCollectorStack", "RecSysRecipeCollectorWorkflow"],
    ["core", "RecSysCoreStack", "RecSysRecipeCoreWorkflow"],
  ] as const)(
    "Q54 Q57 the %s's stack is created, its definition filled in",
    async (workflow, name, machine) => {
      const { status, outputs, reasons } = await createStack(aws, name, templateText(name), {
        ...COMMON,
        ImageUri: IMAGE,
        Deployment: "3",
      });
      expect(status, reasons.join("; ")).toBe("CREATE_COMPLETE");
      expect(outputs["DeployedConfiguration"]).toBe("3");
      expect(outputs["StateMachineArn"]).toMatch(new RegExp(`:stateMachine:${machine}$`));
      const described = await aws.json("states", "AWSStepFunctions.DescribeStateMachine", {
        stateMachineArn: outputs["StateMachineArn"],
      });
      const jobRole = /"RoleArn":"(arn:aws:iam::\d+:role\/RecSys-eu-west-1-\w+-Jobs)"/.exec(
        described["definition"] as string,
      )?.[1];
      const filled = JSON.stringify(compileWorkflow(DEFINITIONS[workflow]))
        .replaceAll("${ImageUri}", IMAGE)
        .replaceAll("${JobRoleArn}", jobRole!);
      expect(JSON.parse(described["definition"] as string)).toEqual(JSON.parse(filled));
    },
  );

  test.each(PLAYABLE)(
    "when %s, the %s's execution goes the way it should",
    async (what, workflow, _, input, jobs, end) => {
      const walk = await walkStack(aws, what, workflow, input);
      // A job that is tried again is entered once, and MiniStack's history says nothing of what is in a Map.
      const atTop = jobs.filter(
        (job, i) => job !== jobs[i - 1] && job in DEFINITIONS[workflow].states,
      );
      expect(walk.entered).toEqual(atTop);
      expect(walk.end).toBe(end);
    },
  );

  test("A24 an execution's name is taken once", async () => {
    const [[what, workflow, , input]] = PLAYABLE as [(typeof PLAYABLE)[number]];
    await walkStack(aws, what, workflow, input, "twice");
    await expect(walkStack(aws, what, workflow, input, "twice")).rejects.toThrow(
      /ExecutionAlreadyExists/,
    );
  });

  test("Q66 Q67 Q69 Q70 Q71 the responder's stack answers its three routes", async () => {
    const { status, outputs, reasons } = await createStack(
      aws,
      "RecSysResponderStack",
      templateText("RecSysResponderStack"),
      {
        ...COMMON,
        CodeBucket: "shop-bucket",
        CodeKey: "dist/responder.zip",
      },
    );
    expect(status, reasons.join("; ")).toBe("CREATE_COMPLETE");
    const apis = await aws.rest("apigateway", "GET", "/restapis");
    expect(apis).toContain('"RecSys-REST-APIs"');
    for (const path of ["item-to-user", "user-to-item", "popular"]) {
      const url = `${aws.url}/_aws/execute-api/${outputs["RestApiId"]}/prod/recommend/${path}?id_list=10&id_list=20`;
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ path: `/recommend/${path}`, ids: ["10", "20"] });
    }
    const elsewhere = await fetch(
      `${aws.url}/_aws/execute-api/${outputs["RestApiId"]}/prod/recommend/other`,
    );
    expect(elsewhere.ok).toBe(false);
  });

  test("Q111 burning removes the stacks, and the bucket stays", async () => {
    for (const name of ["RecSysResponderStack", "RecSysCoreStack", "RecSysCollectorStack"]) {
      expect(await deleteStack(aws, name)).toBe("DELETE_COMPLETE");
    }
    const { stateMachines } = await aws.json("states", "AWSStepFunctions.ListStateMachines", {});
    expect(stateMachines).toEqual([]);
    expect(await aws.rest("apigateway", "GET", "/restapis")).not.toContain("RecSys-REST-APIs");
    const roles = await aws.query("iam", { Action: "ListRoles", Version: "2010-05-08" });
    expect(roles).not.toContain("RecSys-eu-west-1");
    expect(await aws.rest("s3", "GET", "/shop-bucket")).toContain("dist/responder.zip");
  });
});
