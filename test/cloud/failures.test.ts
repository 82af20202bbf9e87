import { describe, expect, test } from "vitest";

import { burnCloudStack, deployOrder, prepareDeployment } from "../../src/cloud/index.ts";
import { assignmentLayer, resolveConfig } from "../../src/schema/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { type Reply, scriptedAws } from "./scripted-aws.ts";
import { type ScriptedStanding, scriptedStack } from "./scripted-stack.ts";

const ROLE = "arn:aws:iam::111122223333:role/deploy";
const STACK = "RecSysCollectorStack";
const signal = new AbortController().signal;

/** Deploys the collector where its stack stands as `before`, and becomes `after`. */
async function deploy(
  before: ScriptedStanding | undefined,
  after: ScriptedStanding,
  { settings = [], said = {} }: { settings?: readonly string[]; said?: object } = {},
) {
  const aws = await scriptedAws(scriptedStack(before, after));
  const image = "aws.imageUri=111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:1.0";
  const { config } = resolveConfig([assignmentLayer([image, ...settings], [])]);
  const bucket = { ...(await temporaryBucket()), url: "s3://shop" };
  const order = await deployOrder("collector", { bucket, config, deployment: 1, said });
  const told: string[] = [];
  const deployed = prepareDeployment(aws.account, "collector", order, { name: "n", signal }).then(
    (prepared) => prepared.begin(({ status }) => told.push(status)),
  );
  const end = await deployed.then(
    ({ status }) => status,
    (error: unknown) => error as Error,
  );
  return { ...aws, end, told };
}
const made = { status: "CREATE_COMPLETE" };
const changed = { status: "UPDATE_COMPLETE" };

describe("Q133 the role that CloudFormation takes on", () => {
  test.each([
    ["configured", { settings: [`aws.deployRoleArn=${ROLE}`] }],
    ["given with --role-arn", { said: { roleArn: ROLE } }],
  ])("is asked for where it is %s", async (_, options) => {
    const { only, end } = await deploy(undefined, made, options);
    expect(end).toBe("CREATE_COMPLETE");
    expect(only("CreateChangeSet")["RoleARN"]).toBe(ROLE);
  });

  test("is nobody where none is named: the caller's own rights count", async () => {
    const { only } = await deploy(undefined, made);
    expect(only("CreateChangeSet")).not.toHaveProperty("RoleARN");
  });
});

describe("Q134 what becomes of a stack that fails", () => {
  test.each([
    ["rolled back where nothing else is said", {}, "ROLLBACK", "ROLLBACK"],
    ["left as it is", { said: { onFailure: "DO_NOTHING" } }, "DO_NOTHING", "DO_NOTHING"],
    // Only what is made anew can be removed when that fails.
    ["removed, if it is new", { settings: ["aws.onFailure=DELETE"] }, "DELETE", "ROLLBACK"],
  ])("it is %s", async (_, options, ofNew, ofStanding) => {
    const fresh = await deploy(undefined, made, options);
    expect(fresh.only("CreateChangeSet")).toMatchObject({
      ...{ ChangeSetType: "CREATE", OnStackFailure: ofNew },
    });
    const standing = await deploy(changed, changed, options);
    expect(standing.only("CreateChangeSet")).toMatchObject({
      ...{ ChangeSetType: "UPDATE", OnStackFailure: ofStanding },
    });
  });

  test.each([
    [undefined, "ROLLBACK_COMPLETE", "failed and was undone (ROLLBACK_COMPLETE): no room"],
    [undefined, "ROLLBACK_FAILED", "failed and could not be undone (ROLLBACK_FAILED): no room"],
    [undefined, "CREATE_FAILED", "failed (CREATE_FAILED): no room"],
    [undefined, "DELETE_COMPLETE", "failed and what was made was removed (DELETE_COMPLETE)"],
    [changed, "UPDATE_ROLLBACK_COMPLETE", "failed and was undone (UPDATE_ROLLBACK_COMPLETE)"],
    [changed, "UPDATE_ROLLBACK_FAILED", "failed and could not be undone (UPDATE_ROLLBACK_FAILED)"],
    [changed, "UPDATE_FAILED", "failed (UPDATE_FAILED): no room"],
  ])(
    "a deployment of %o that ends as %s says so, and tells its events",
    async (before, status, words) => {
      const { end, told } = await deploy(before, { status, reason: "no room" });
      expect(end).toMatchObject({
        name: "StackFailedError",
        message: expect.stringContaining(`deploying ${STACK} ${words}`) as string,
      });
      expect(told).toEqual([status]);
    },
  );
});

describe("a stack that is stuck is not touched, and the way out is told", () => {
  test.each([
    ["CREATE_FAILED", /was left as it was; burn it.*and deploy it anew/],
    ["ROLLBACK_COMPLETE", /its creation failed and was undone; burn it/],
    ["ROLLBACK_FAILED", /could not be undone; burn it/],
    ["DELETE_FAILED", /mend what its events name, then burn it once more/],
    [
      "UPDATE_ROLLBACK_FAILED",
      /“Continue update rollback” in its console, or aws cloudformation continue-update-rollback --stack-name RecSysCollectorStack/,
    ],
    ["UPDATE_IN_PROGRESS", /is being changed \(UPDATE_IN_PROGRESS\): wait/],
    ["DELETE_IN_PROGRESS", /is being changed \(DELETE_IN_PROGRESS\): wait/],
  ])("%s", async (status, way) => {
    const { end, actions } = await deploy({ status }, changed);
    expect(end).toMatchObject({ name: "StackFailedError" });
    expect((end as Error).message).toMatch(way);
    expect(actions()).toEqual(["DescribeStacks"]);
  });

  test.each(["UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED", "IMPORT_COMPLETE"])(
    "%s is none: it can be changed",
    async (status) => {
      expect((await deploy({ status }, changed)).end).toBe("UPDATE_COMPLETE");
    },
  );

  test("a change set that was looked at and left is no stack: it is made", async () => {
    const { only, end } = await deploy({ status: "REVIEW_IN_PROGRESS" }, made);
    expect(end).toBe("CREATE_COMPLETE");
    expect(only("CreateChangeSet")["ChangeSetType"]).toBe("CREATE");
  });
});

describe("Q111 burning", () => {
  const failed = resourcesXml(
    ["StateMachine", "AWS::StepFunctions::StateMachine", "DELETE_COMPLETE", ""],
    [
      "JobRole",
      "AWS::IAM::Role",
      "DELETE_FAILED",
      "Cannot delete entity, must detach all policies first",
    ],
  );
  async function burn(
    before: ScriptedStanding,
    after: ScriptedStanding,
    options: { roleArn?: string; leaveFailed?: boolean } = {},
  ) {
    const more: Readonly<Record<string, Reply>> = { ListStackResources: failed };
    const aws = await scriptedAws({ ...scriptedStack(before, after), ...more });
    const end = await burnCloudStack(aws.account, "collector", {
      ...{ roleArn: options.roleArn, leaveFailed: options.leaveFailed },
      ...{ tell: () => undefined, signal },
    }).then(
      () => "burned",
      (error: unknown) => (error as Error).message,
    );
    return { ...aws, end };
  }
  const gone = { status: "DELETE_COMPLETE" };

  test("takes the role, and retains nothing unless told to", async () => {
    const { only, end } = await burn(made, gone, { roleArn: ROLE });
    expect(end).toBe("burned");
    expect(only("DeleteStack")["RoleARN"]).toBe(ROLE);
    expect(Object.keys(only("DeleteStack")).filter((key) => key.startsWith("Retain"))).toEqual([]);
  });

  test("that is not whole names what is left and why, and both ways on", async () => {
    const { end } = await burn(made, { status: "DELETE_FAILED" });
    expect(end).toBe(
      "not all of RecSysCollectorStack could be removed (DELETE_FAILED): JobRole (AWS::IAM::Role id-of-JobRole): Cannot delete entity, " +
        "must detach all policies first. Mend that and burn it once more; or leave it in the account and forget it: recsys burn … --leave-failed",
    );
  });

  test("once more tries all of it again", async () => {
    const { only, end } = await burn({ status: "DELETE_FAILED" }, gone);
    expect(end).toBe("burned");
    expect(Object.keys(only("DeleteStack")).filter((key) => key.startsWith("Retain"))).toEqual([]);
  });

  test("once more leaves what failed, and only that, where it is told to", async () => {
    const { only, end } = await burn({ status: "DELETE_FAILED" }, gone, { leaveFailed: true });
    expect(end).toBe("burned");
    const retained = Object.entries(only("DeleteStack")).filter(([key]) =>
      key.startsWith("Retain"),
    );
    expect(retained).toEqual([["RetainResources.member.1", "JobRole"]]);
  });

  test("of a stack that is whole leaves nothing: CloudFormation would refuse it", async () => {
    const { actions, end } = await burn(made, gone, { leaveFailed: true });
    expect(end).toContain(
      "is CREATE_COMPLETE: only what a failed removal has left can be left for good",
    );
    expect(actions()).not.toContain("DeleteStack");
  });

  test("waits for no change that is under way", async () => {
    const { actions, end } = await burn({ status: "UPDATE_IN_PROGRESS" }, gone);
    expect(end).toContain("is being changed (UPDATE_IN_PROGRESS): wait until that is done");
    expect(actions()).not.toContain("DeleteStack");
  });
});

function resourcesXml(...rows: readonly (readonly [string, string, string, string])[]): string {
  const members = rows.map(
    ([name, type, status, reason]) =>
      `<member><LogicalResourceId>${name}</LogicalResourceId><PhysicalResourceId>id-of-${name}</PhysicalResourceId><ResourceType>${type}</ResourceType>` +
      `<ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason><LastUpdatedTimestamp>2026-11-27T00:00:00Z</LastUpdatedTimestamp></member>`,
  );
  return `<StackResourceSummaries>${members.join("")}</StackResourceSummaries>`;
}
