import { spawnSync } from "node:child_process";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Emulator } from "./emulator.ts";
import { createStack, deleteStack } from "./mini-stack.ts";
import { startMoto } from "./moto.ts";
import { CASES } from "./path-cases.ts";
import { walkHere } from "./paths.ts";
import { missingPython, PYTHON } from "../python.ts";
import { templateText } from "./templates.ts";

const missing = missingPython("moto");
if (missing !== undefined) console.warn(`moto is skipped: ${missing}`);

/** Validates each request against AWS's own model of SageMaker's API (botocore's), then makes the job. */
const MAKE_JOBS = `
import boto3, json, sys
url, requests = json.load(sys.stdin)
client = boto3.client("sagemaker", "eu-west-1", endpoint_url=url, aws_access_key_id="test", aws_secret_access_key="test")
for request in requests:
    kind = "processing" if "ProcessingJobName" in request else "training"
    getattr(client, f"create_{kind}_job")(**request)
names = [job["ProcessingJobName"] for job in client.list_processing_jobs(MaxResults=100)["ProcessingJobSummaries"]]
names += [job["TrainingJobName"] for job in client.list_training_jobs(MaxResults=100)["TrainingJobSummaries"]]
print(json.dumps(sorted(names)))
`;

describe.skipIf(missing !== undefined)("in moto", () => {
  let aws: Emulator;

  beforeAll(async () => {
    aws = await startMoto();
  });
  afterAll(() => aws.stop());

  test.each([
    ["a public address and a bucket that is made", {}, true],
    [
      "a private address and a bucket of the owner's",
      { AddressKind: "private", BucketName: "shop" },
      false,
    ],
  ])(
    "Q136 Q137 the panel's stack is created with %s, and deleted",
    async (_, more, makesBucket) => {
      const ec2 = { Version: "2016-11-15" };
      const subnets = await aws.query("ec2", { Action: "DescribeSubnets", ...ec2 });
      const key = `key-${String(makesBucket)}`;
      await aws.query("ec2", { Action: "CreateKeyPair", KeyName: key, ...ec2 });
      const name = `RecSysPanelAdmin-${String(makesBucket)}`;
      const { status, outputs, reasons } = await createStack(
        aws,
        name,
        templateText("RecSysPanelAdmin"),
        {
          SubnetId: /<subnetId>(.*?)</.exec(subnets)![1]!,
          VpcId: /<vpcId>(.*?)</.exec(subnets)![1]!,
          KeyName: key,
          AdminPanelAccess: "203.0.113.0/24",
          DashboardAccess: "198.51.100.0/24",
          SSHLocation: "192.0.2.7/32",
          ReleaseBucket: "releases",
          ...more,
        },
      );
      expect(status, reasons.join("; ")).toBe("CREATE_COMPLETE");
      expect(outputs["PanelAdminAddress"]).toMatch(/^https:\/\/\d+\.\d+\.\d+\.\d+$/);
      expect(outputs["DashboardAddress"]).toBe(`${outputs["PanelAdminAddress"]}:8443/dashboard`);
      expect(outputs["BucketOfRecSys"]).toMatch(makesBucket ? /^recsyspaneladmin/ : /^shop$/);
      const instances = await aws.query("ec2", { Action: "DescribeInstances", ...ec2 });
      expect(instances).toContain("t2.micro");
      expect(await deleteStack(aws, name)).toBe("DELETE_COMPLETE");
    },
  );

  test("Q103 Q104 SageMaker's API takes every request of both workflows", async () => {
    const walks = [];
    for (const [what, workflow, outcomes, input] of CASES) {
      if (!/^(all goes well|the fits are shared)/.test(what)) continue;
      const prefix = `recsys-${workflow}-${what.replaceAll(" ", "-")}`;
      const named = { ...(input as object), jobPrefix: prefix.slice(0, 36) };
      walks.push(await walkHere(workflow, named, outcomes));
    }
    // What CloudFormation fills in.
    const requests = JSON.stringify(walks.flatMap((walk) => walk.requests))
      .replaceAll("${ImageUri}", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:1")
      .replaceAll("${JobRoleArn}", "arn:aws:iam::111122223333:role/RecSys-eu-west-1-Core-Jobs");
    const { stdout, stderr, status } = spawnSync(PYTHON, ["-c", MAKE_JOBS], {
      encoding: "utf8",
      input: JSON.stringify([aws.url, JSON.parse(requests)]),
    });
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength((JSON.parse(requests) as unknown[]).length);
  });
});
