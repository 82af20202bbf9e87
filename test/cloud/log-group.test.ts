import { expect, test } from "vitest";

import { prepareDeployment } from "../../src/cloud/index.ts";
import { Refusal, type Reply, scriptedAws } from "./scripted-aws.ts";
import { scriptedStack } from "./scripted-stack.ts";

const DENIED = new Refusal(
  "AccessDeniedException",
  "not authorized to perform: logs:CreateLogGroup",
);

/** Deploys the collector's stack into an empty account. */
async function deploy(replies: Readonly<Record<string, Reply>>) {
  const aws = await scriptedAws({
    ...scriptedStack(undefined, { status: "CREATE_COMPLETE" }),
    ...replies,
  });
  const prepared = await prepareDeployment(
    aws.account,
    "collector",
    {
      parameters: {
        BucketName: "shop",
        ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:1.0",
        LogGroupName: "shop-logs",
      },
      tags: { Team: "shop" },
      roleArn: undefined,
      onFailure: "ROLLBACK",
    },
    { name: "recsys-1", signal: new AbortController().signal },
  );
  expect(aws.actions()).not.toContain("CreateLogGroup"); // showing a change makes nothing
  const end = prepared.begin(() => undefined);
  return { ...aws, end };
}

test("Q102 the log group is made, tagged and given a retention before the first stack is", async () => {
  const { actions, only, end } = await deploy({});
  await end;
  expect(actions().filter((action) => /LogGroup|Retention|ExecuteChangeSet/.test(action))).toEqual([
    "CreateLogGroup",
    "PutRetentionPolicy",
    "ExecuteChangeSet",
  ]);
  expect(only("CreateLogGroup")).toEqual({
    logGroupName: "shop-logs",
    tags: { Application: "RecSys", Team: "shop" },
  });
  expect(only("PutRetentionPolicy")).toEqual({ logGroupName: "shop-logs", retentionInDays: 365 });
});

test("Q102 a log group that is there keeps the owner's retention", async () => {
  const { actions, end } = await deploy({
    CreateLogGroup: new Refusal("ResourceAlreadyExistsException", "it is there"),
  });
  await end;
  expect(actions()).not.toContain("PutRetentionPolicy");
  expect(actions()).toContain("ExecuteChangeSet");
});

test("Q102 who may not make the log group deploys all the same where somebody else has made it", async () => {
  const seen = { logGroups: [{ logGroupName: "shop-logs" }] };
  const { actions, end } = await deploy({ CreateLogGroup: DENIED, DescribeLogGroups: seen });
  await end;
  expect(actions()).toContain("ExecuteChangeSet");
});

test.each([
  ["it is not there", { logGroups: [{ logGroupName: "shop-logs-2" }] }],
  ["nobody may look", DENIED],
])(
  "who may not make the log group is told what to do where %s, and no stack is begun",
  async (_, found) => {
    const { actions, end } = await deploy({ CreateLogGroup: DENIED, DescribeLogGroups: found });
    await expect(end).rejects.toThrow(
      /the stacks log to shop-logs, which may not be made here.*make that log group in CloudWatch/,
    );
    expect(actions()).not.toContain("ExecuteChangeSet");
  },
);
