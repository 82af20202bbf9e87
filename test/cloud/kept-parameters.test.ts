import { describe, expect, test } from "vitest";

import { deployOrder, prepareDeployment } from "../../src/cloud/index.ts";
import { deployStack } from "../../src/recipe/index.ts";
import { assignmentLayer, resolveConfig, type StackName } from "../../src/schema/index.ts";
import { type Bucket } from "../../src/storage/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { scriptedAws } from "./scripted-aws.ts";
import { scriptedStack } from "./scripted-stack.ts";

const IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:1.0";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:shop";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/k";
const DEPLOYED = {
  BucketName: "shop",
  ImageUri: IMAGE,
  CompletionTopicArn: TOPIC,
  OfAnOldVersion: "1",
};

const configOf = (settings: readonly string[]) =>
  resolveConfig([assignmentLayer([`aws.imageUri=${IMAGE}`, ...settings], [])]).config;

async function inS3(): Promise<Bucket> {
  return { ...(await temporaryBucket()), url: "s3://shop" };
}

/** What CloudFormation is asked for when the collector's stack, deployed as `DEPLOYED`, is deployed again. */
async function deployAgain(bucket: Bucket, settings: readonly string[] = [], given = {}) {
  const { account, only } = await scriptedAws(
    scriptedStack(
      { status: "UPDATE_COMPLETE", parameters: DEPLOYED },
      { status: "UPDATE_COMPLETE" },
    ),
  );
  const config = configOf(settings);
  const order = await deployOrder("collector", {
    ...{ bucket, config, deployment: 2, said: { parameters: given } },
  });
  const signal = new AbortController().signal;
  const { parameters } = await prepareDeployment(account, "collector", order, {
    name: "n",
    signal,
  });
  const fields = only("CreateChangeSet");
  const asked = Object.keys(fields)
    .filter((name) => name.endsWith(".ParameterKey"))
    .map((name) => {
      const member = name.replace("ParameterKey", "");
      const isKept = fields[`${member}UsePreviousValue`] === "true";
      return [fields[name], isKept ? "kept" : fields[`${member}ParameterValue`]] as const;
    });
  return { asked: Object.fromEntries(asked) as Record<string, unknown>, parameters };
}

describe("a stack that is deployed again", () => {
  test("keeps the parameters that neither the configuration nor the command line names, as far as the template has them", async () => {
    const { asked, parameters } = await deployAgain(await inS3());
    expect(asked).toMatchObject({
      BucketName: "shop",
      ImageUri: IMAGE,
      CompletionTopicArn: "kept",
    });
    expect(asked).not.toHaveProperty("OfAnOldVersion");
    // Not deployed before, so there is nothing to keep: the template's default counts.
    expect(asked).not.toHaveProperty("BucketKmsKeyArn");
    expect(parameters["CompletionTopicArn"]).toBe(TOPIC); // as it is shown
  });

  test("takes what is given, nothing included", async () => {
    const other = `${TOPIC}-2`;
    const set = await deployAgain(await inS3(), [`aws.completionTopicArn=${other}`]);
    expect(set.asked["CompletionTopicArn"]).toBe(other);
    const taken = await deployAgain(await inS3(), [], { CompletionTopicArn: "" });
    expect(taken.asked["CompletionTopicArn"]).toBe("");
  });

  test("gives up what the deployed configuration named and this one does not", async () => {
    const bucket = await inS3();
    const who = { by: "ada", at: new Date() };
    await deployStack(bucket, "collector", configOf([`aws.completionTopicArn=${TOPIC}`]), who);
    const { asked } = await deployAgain(bucket);
    expect(asked).not.toHaveProperty("CompletionTopicArn");
  });
});

test.each<[StackName, string]>([
  ["collector", "CompletionTopicArn"],
  ["core", "CompletionTopicArn"],
  ["responder", "ApiAccessLogs"],
])("the %s's settings reach its stack: the bucket's key, %s", async (stack, name) => {
  const config = configOf([
    `aws.bucketKmsKeyArn=${KEY}`,
    `aws.completionTopicArn=${TOPIC}`,
    "aws.apiAccessLogs=true",
  ]);
  const { parameters } = await deployOrder(stack, {
    ...{ bucket: await inS3(), config, deployment: 1 },
    said: { parameters: { CodeBucket: "shop", CodeKey: "code.zip" } },
  });
  expect(parameters["BucketKmsKeyArn"]).toBe(KEY);
  expect(parameters[name]).toBe(name === "ApiAccessLogs" ? "true" : TOPIC);
});
