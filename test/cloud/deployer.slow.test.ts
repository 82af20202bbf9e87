import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Ended, recsys } from "../cli/recsys.ts";
import type { Emulator } from "./emulator.ts";
import { startMiniStack } from "./mini-stack.ts";
import { type Proxy, startRewritingProxy } from "./rewriting-proxy.ts";
import { missingPython } from "../python.ts";
import { zip } from "./zip.ts";

const missing = missingPython("ministack");
if (missing !== undefined) console.warn(`MiniStack is skipped: ${missing}`);

const IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys/jobs:1.0";
const LOCATION =
  "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
const ROLE = "arn:aws:iam::111122223333:role/deploy";
const BUCKET = ["--bucket", "s3://shop-bucket"];
const IN_AWS = ["--target", "aws", ...BUCKET];

describe.skipIf(missing !== undefined)("recsys deploy and burn, in MiniStack", () => {
  const folder = mkdtempSync(join(tmpdir(), "recsys-deployer-"));
  let aws: Emulator;
  let proxy: Proxy;
  /** What was asked of AWS, in its order. */
  const asked: string[] = [];
  /** The role of each request to CloudFormation. */
  const roles: (string | null)[] = [];
  let env: Record<string, string>;

  beforeAll(async () => {
    aws = await startMiniStack();
    proxy = await startRewritingProxy(
      aws.url,
      (form) => {
        asked.push(form.get("Action")!);
        roles.push(form.get("RoleARN"));
      },
      (action) => asked.push(action),
    );
    await aws.rest("s3", "PUT", "/shop-bucket", LOCATION);
    env = {
      AWS_ENDPOINT_URL: proxy.url,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
  });
  afterAll(async () => {
    await proxy.stop();
    await aws.stop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]): Promise<Ended> => recsys(args, { env, cwd: folder });
  async function json(...args: string[]): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await run(...args, "--json");
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as Record<string, unknown>;
  }
  async function stacks(): Promise<readonly string[]> {
    const xml = await aws.query("cloudformation", {
      Action: "DescribeStacks",
      Version: "2010-05-15",
    });
    const names = [...xml.matchAll(/<StackName>(.*?)<\/StackName>/g)].map(([, name]) => name!);
    return names.filter((name) => name.startsWith("RecSys"));
  }

  async function parametersOf(stack: string): Promise<Readonly<Record<string, string>>> {
    const xml = await aws.query("cloudformation", {
      ...{ Action: "DescribeStacks", Version: "2010-05-15", StackName: stack },
    });
    const pairs = xml.matchAll(
      /<ParameterKey>(.*?)<\/ParameterKey>\s*<ParameterValue>(.*?)<\/ParameterValue>/g,
    );
    return Object.fromEntries([...pairs].map(([, key, value]) => [key!, value!]));
  }

  test("Q104 what a deployment would make is shown first, and nothing is made without --yes", async () => {
    const shown = await json("deploy", "collector", ...IN_AWS, "--image", IMAGE);
    expect(shown).toMatchObject({ stack: "RecSysCollectorStack", isNew: true, made: false });
    expect(shown["changes"]).toContainEqual({
      action: "add",
      resource: "StateMachine",
      type: "AWS::StepFunctions::StateMachine",
    });
    expect(await machines(aws)).toEqual([]);
    expect(await logGroups(aws)).toEqual([]);
  });

  test("A30 with --yes the stack is made, each event is told, and its outputs are given", async () => {
    const { code, stdout, stderr } = await run(
      ...["deploy", "collector", ...IN_AWS, "--image", IMAGE, "--tag", "Team=shop", "--yes"],
    );
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/CREATE_COMPLETE +StateMachine \(AWS::StepFunctions::StateMachine\)/);
    expect(stdout).toContain("deployed in eu-west-1, as configuration 1");
    expect(stdout).toMatch(/StateMachineArn: arn:aws:states:.*:RecSysRecipeCollectorWorkflow/);
    expect(await machines(aws)).toEqual(["RecSysRecipeCollectorWorkflow"]);
    const xml = await aws.query("cloudformation", {
      ...{ Action: "DescribeStacks", Version: "2010-05-15", StackName: "RecSysCollectorStack" },
    });
    expect(xml).toMatch(/<Key>Team<\/Key>\s*<Value>shop<\/Value>/);
  });

  test("Q102 the log group, which no stack holds, was there before the first stack, with tags and a retention", async () => {
    expect(await logGroups(aws)).toMatchObject([{ logGroupName: "RecSys", retentionInDays: 365 }]);
    const { tags } = await aws.json("logs", "Logs_20140328.ListTagsLogGroup", {
      logGroupName: "RecSys",
    });
    expect(tags).toEqual({ Application: "RecSys", Team: "shop" });
    expect(asked.indexOf("PutRetentionPolicy")).toBeGreaterThan(asked.indexOf("CreateLogGroup"));
    expect(asked.indexOf("ExecuteChangeSet")).toBeGreaterThan(asked.indexOf("PutRetentionPolicy"));
  });

  test("a deployment's configuration is kept in the bucket under its number, which goes on counting", async () => {
    const topic = "arn:aws:sns:eu-west-1:111122223333:shop";
    const more = ["--image", IMAGE, "--parameter", `CompletionTopicArn=${topic}`];
    const again = await json("deploy", "collector", ...IN_AWS, ...more, "--yes");
    expect(again).toMatchObject({ number: 2, region: "eu-west-1" });
    // Whoever does not name a parameter leaves it as it is.
    const image = ["--image", IMAGE, "--tag", "Team=web"];
    await json("deploy", "collector", ...IN_AWS, ...image, "--yes");
    expect((await parametersOf("RecSysCollectorStack"))["CompletionTopicArn"]).toBe(topic);
    const kept = await aws.rest(
      "s3",
      "GET",
      "/shop-bucket/RecSys_Recipe_StepFunctions_CDK/deployments/collector/2.json",
    );
    expect(JSON.parse(kept)).toMatchObject({ stack: "collector", number: 2 });
  });

  test("the responder's code goes into the bucket, and its API's addresses come back", async () => {
    const file = join(folder, "code.zip");
    writeFileSync(file, zip("index.js", "exports.handler = async () => ({ statusCode: 200 })"));
    await json("deploy", "responder", ...IN_AWS, "--code", file);
    const open = ["--set", "responder.apiKeys.mode=off"];
    const { stderr } = await run("deploy", "responder", ...IN_AWS, "--code", file, ...open);
    expect(stderr).toContain("Warning: responder.apiKeys.mode is off: whoever learns");
    expect(await aws.rest("s3", "GET", "/shop-bucket?list-type=2")).not.toContain("/dist/"); // only shown
    const { outputs } = await json("deploy", "responder", ...IN_AWS, "--code", file, "--yes");
    expect(outputs).toMatchObject({ InvokeUrl: expect.stringContaining("/prod") as string });
    const place = await parametersOf("RecSysResponderStack");
    expect(place["CodeBucket"]).toBe("shop-bucket");
    const listed = await aws.rest("s3", "GET", "/shop-bucket?list-type=2");
    expect(listed).toContain(`<Key>${place["CodeKey"]}</Key>`);
  });

  test("the code of a release in another bucket is taken over into the owner's", async () => {
    await aws.rest("s3", "PUT", "/releases", LOCATION);
    const code = zip("index.js", "exports.handler = async () => ({ statusCode: 204 })");
    await aws.rest("s3", "PUT", "/releases/recsys/9.9.9/recsys-responder.zip", code);
    const release = ["--set", "aws.release=s3://releases/recsys/9.9.9"];
    const before = await parametersOf("RecSysResponderStack");
    await json("deploy", "responder", ...IN_AWS, ...release, "--yes");
    const { CodeBucket, CodeKey } = await parametersOf("RecSysResponderStack");
    expect(CodeBucket).toBe("shop-bucket");
    expect(CodeKey).not.toBe(before["CodeKey"]);
    const listed = await aws.rest("s3", "GET", "/shop-bucket?list-type=2");
    expect(listed).toContain(`<Key>${CodeKey}</Key>`);
    const wrong = ["--set", "aws.release=s3://releases/recsys/0"];
    const { code: exit, stderr } = await run("deploy", "responder", ...IN_AWS, ...wrong);
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining("is aws.release right?") as string,
    });
  });

  test("a parameter that the template does not have is told by its name, and what was deployed counts on", async () => {
    const bad = ["--parameter", "NoSuchParameter=1"];
    const { code, stderr } = await run(
      ...["deploy", "collector", ...IN_AWS, "--image", IMAGE, ...bad, "--yes"],
    );
    expect(code).toBe(2);
    expect(stderr).toContain("there is no NoSuchParameter; there are BucketName");
    const pointer = await aws.rest(
      "s3",
      "GET",
      "/shop-bucket/RecSys_Recipe_StepFunctions_CDK/deployments/collector/current.json",
    );
    expect(JSON.parse(pointer)).toMatchObject({ number: 3 });
  });

  test("the status tells of all three, and what drifted from its template", async () => {
    const { stacks: told } = await json("status", "--target", "aws", "--drift");
    expect(told).toMatchObject([
      {
        stack: "collector",
        status: expect.stringMatching(/_COMPLETE$/) as string,
        deployment: "3",
      },
      { stack: "core", status: null, deployment: null, drift: null },
      { stack: "responder", status: "UPDATE_COMPLETE", deployment: "2", drift: [] },
    ]);
  });

  test.each([
    [["deploy", "collector", "--target", "aws"], 2, "need a bucket in S3"],
    [
      ["deploy", "collector", ...IN_AWS],
      2,
      "the collector's jobs need an image: set aws.imageUri, or --image",
    ],
    [
      ["deploy", "responder", ...IN_AWS],
      2,
      "needs its function's code, which a checkout does not hold: set aws.release, or --code",
    ],
    [["deploy", "core", ...IN_AWS, "--tag", "Team"], 2, 'expected KEY=VALUE, got "Team"'],
    [["burn", "core", ...BUCKET], 1, "there is no core stack in eu-west-1"],
  ] as const)("%j is refused, saying what to do", async (args, exitCode, words) => {
    const { code, stderr } = await run(...args);
    expect({ code, stderr }).toEqual({
      code: exitCode,
      stderr: expect.stringContaining(words) as string,
    });
  });

  test("without a region, the message names the variable", async () => {
    const nowhere = { ...env, AWS_REGION: "" };
    const { code, stderr } = await recsys(["burn", "core", ...BUCKET], {
      env: nowhere,
      cwd: folder,
    });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("set AWS_REGION") as string,
    });
  });

  test("Q111 nothing is burned while Step Functions runs an execution, whoever follows it", async () => {
    const { stateMachines } = await aws.json("states", "AWSStepFunctions.ListStateMachines", {});
    const [{ stateMachineArn }] = stateMachines as [{ readonly stateMachineArn: string }];
    const states = { Long: { Type: "Wait", Seconds: 1000, End: true } };
    await aws.json("states", "AWSStepFunctions.UpdateStateMachine", {
      stateMachineArn,
      definition: JSON.stringify({ StartAt: "Long", States: states }),
    });
    const started = await aws.json("states", "AWSStepFunctions.StartExecution", {
      ...{ stateMachineArn, name: "by-hand" },
    });
    const { code, stderr } = await run("burn", "responder", ...BUCKET, "--yes");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining("by-hand is running: wait for its end, or stop it") as string,
    });
    const { executionArn } = started;
    await aws.json("states", "AWSStepFunctions.StopExecution", { executionArn });
  });

  test("Q111 burning lists what goes first, removes it with --yes, and leaves the bucket and nothing else", async () => {
    const listed = await json("burn", "collector", ...BUCKET);
    expect(listed).toMatchObject({ burned: false });
    expect(listed["removed"]).toContainEqual(
      expect.objectContaining({ resource: "StateMachine" }) as object,
    );
    expect(await stacks()).toContain("RecSysCollectorStack");
    const { code, stderr } = await run("burn", "collector", ...BUCKET, "--yes");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(
        "the collector cannot be burned now: the Responder Stack is built on it: burn that first",
      ) as string,
    });
    for (const stack of ["responder", "collector"]) {
      expect(
        await json("burn", stack, ...BUCKET, "--yes", "--set", `aws.deployRoleArn=${ROLE}`),
      ).toMatchObject({ burned: true });
    }
    expect(roles.filter((role) => role === ROLE)).toHaveLength(2);
    expect(await machines(aws)).toEqual([]);
    expect(await logGroups(aws)).toMatchObject([{ logGroupName: "RecSys" }]);
    const kept = await aws.rest("s3", "GET", "/shop-bucket?list-type=2");
    expect(kept).toContain("deployments/collector/2.json");
    const pointer = await aws.rest(
      "s3",
      "GET",
      "/shop-bucket/RecSys_Recipe_StepFunctions_CDK/deployments/collector/current.json",
    );
    expect(JSON.parse(pointer)).toEqual({ number: null, latest: 3 });
  });
});

async function machines(aws: Emulator): Promise<readonly string[]> {
  const { stateMachines } = await aws.json("states", "AWSStepFunctions.ListStateMachines", {});
  return (stateMachines as readonly { readonly name: string }[]).map(({ name }) => name);
}

async function logGroups(aws: Emulator): Promise<readonly object[]> {
  const { logGroups } = await aws.json("logs", "Logs_20140328.DescribeLogGroups", {});
  return logGroups as readonly object[];
}
