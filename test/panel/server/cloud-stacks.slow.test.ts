import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import {
  type Account,
  followStandingStack,
  openAccount,
  readStack,
  stepFunctions,
} from "../../../src/cloud/index.ts";
import { engineOf } from "../../../src/recipe/index.ts";
import type { BurnPlan, ChangePlan, Customization, Overview } from "../../../src/schema/index.ts";
import { openBucket } from "../../../src/storage/index.ts";
import type { Emulator } from "../../cloud/emulator.ts";
import { startMiniStack } from "../../cloud/mini-stack.ts";
import { missingPython } from "../../python.ts";
import { environmentOf } from "../../cloud/sagemaker-stand-in.ts";
import { addPerson, type Browser, browser, panel } from "./panel.ts";

const missing = missingPython("ministack");
if (missing !== undefined) console.warn(`the panel's stacks in AWS are skipped: ${missing}`);

const LOCATION =
  "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
const IMAGE = "aws.imageUri=111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys/jobs:1.0";
const STACK = "RecSysCollectorStack";

describe.skipIf(missing !== undefined)("the panel's stacks in AWS: MiniStack", () => {
  let aws: Emulator;
  let account: Account;
  let ada: Browser;
  let shops = 0;

  beforeAll(async () => {
    aws = await startMiniStack();
    Object.assign(process.env, environmentOf(aws.url));
    account = openAccount();
  });
  afterAll(() => aws.stop());
  beforeEach(async () => {
    if ((await readStack(account, STACK)) !== undefined) await deleteByHand();
    const shop = `shop${++shops}`;
    await aws.rest("s3", "PUT", `/${shop}`, LOCATION);
    const bucket = await openBucket(`s3://${shop}`, "RecSys_Recipe_StepFunctions_CDK");
    const cloud = { account, engine: engineOf(stepFunctions(account)) };
    const { app, state } = await panel({ bucket, cloud }, [IMAGE]);
    addPerson(state, "ada", "admin");
    ada = await browser(app, "ada");
  });

  async function look(): Promise<ChangePlan> {
    const answer = await ada.ask("POST", "/panel/api/stacks/collector/change", {});
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<ChangePlan>();
  }
  const deploy = (change: string | undefined) =>
    ada.ask("POST", "/panel/api/stacks/collector/deploy", { change });
  async function collector() {
    const { stacks } = (await ada.ask("GET", "/panel/api/overview")).json<Overview>();
    return stacks.find(({ stack }) => stack === "collector");
  }
  const becomes = (standing: object) =>
    expect.poll(collector, { timeout: 60_000, interval: 300 }).toMatchObject(standing);
  const deployed = (number: number) =>
    becomes({ deployment: { number }, cloud: { work: { state: "succeeded", problem: null } } });
  const saveDraft = (logGroup: string) =>
    ada.ask("PUT", "/panel/api/configuration", { draft: { logGroup } });
  async function deleteByHand(): Promise<void> {
    await aws.query("cloudformation", {
      ...{ Action: "DeleteStack", Version: "2010-05-15", StackName: STACK },
    });
    await expect.poll(() => readStack(account, STACK), { timeout: 30_000 }).toBeUndefined();
  }

  async function logGroups(): Promise<readonly string[]> {
    const found = await aws.json("logs", "Logs_20140328.DescribeLogGroups", {});
    const groups = found["logGroups"] as readonly { readonly logGroupName: string }[];
    return groups.map(({ logGroupName }) => logGroupName);
  }

  test("Q108 of two deployments at once one is refused, and the other goes on undisturbed", async () => {
    const { id } = await look();
    const answers = await Promise.all([deploy(id), deploy(id)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const refusal = answers.find(({ statusCode }) => statusCode === 409)!;
    expect(refusal.json()).toMatchObject({
      error: { message: "the Collector Stack is being deployed" },
    });
    await becomes({
      deployment: { number: 1 },
      cloud: { status: "CREATE_COMPLETE", work: { state: "succeeded", problem: null } },
    });
  });

  test("Q102 Q104 what was shown is deployed with its log group, whatever has become of the draft since", async () => {
    await saveDraft("Shown");
    const { id, parameters } = await look();
    expect(parameters["LogGroupName"]).toBe("Shown");
    expect(await logGroups()).not.toContain("Shown");
    await saveDraft("Later");
    expect((await deploy(id)).statusCode).toBe(200);
    await deployed(1);
    expect((await readStack(account, STACK))?.parameters["LogGroupName"]).toBe("Shown");
    // Step Functions makes no state machine whose log group is missing; this emulator does.
    expect(await logGroups()).toContain("Shown");
    expect((await collector())?.draftDiffers).toBe(true);
  });

  test("Q104 what was shown is refused once somebody has deployed since, and without having looked", async () => {
    const [first, second] = [await look(), await look()];
    await deploy(second.id);
    await deployed(1);
    for (const change of [first.id, second.id, undefined]) {
      const refusal = await deploy(change);
      expect(refusal.statusCode).toBe(409);
      expect(refusal.body).toContain("look once more at what would change");
    }
  });

  test("A25 an API without keys is warned of where it is chosen and where it is deployed; the collector is not", async () => {
    await aws.rest("s3", "PUT", "/releases", LOCATION);
    await aws.rest("s3", "PUT", "/releases/recsys/1/recsys-responder.zip", "a zip");
    const chosen = await ada.ask("PUT", "/panel/api/configuration", {
      draft: { "responder.apiKeys.mode": "off", "aws.release": "s3://releases/recsys/1" },
    });
    const warnings = [
      expect.stringContaining("responder.apiKeys.mode is off: whoever learns the API's address"),
    ];
    expect(chosen.json<Customization>().warnings).toEqual(warnings);
    const shown = await ada.ask("POST", "/panel/api/stacks/responder/change", {});
    expect(shown.json<ChangePlan>().warnings).toEqual(warnings);
    expect((await look()).warnings).toEqual([]);
    await ada.ask("PUT", "/panel/api/configuration", { draft: {} });
    const left = (await ada.ask("GET", "/panel/api/configuration")).json<Customization>();
    expect(left.warnings).toEqual([]);
  });

  test("Q104 a change set that somebody has deleted is not begun", async () => {
    const { id } = await look();
    const xml = await aws.query("cloudformation", {
      ...{ Action: "ListChangeSets", Version: "2010-05-15", StackName: STACK },
    });
    const sets = [...xml.matchAll(/<ChangeSetId>(.*?)<\/ChangeSetId>/g)].map(([, set]) => set!);
    const set = sets.find((one) => one.includes(id.slice(0, 8)))!;
    await aws.query("cloudformation", {
      ...{ Action: "DeleteChangeSet", Version: "2010-05-15", ChangeSetName: set },
    });
    const refusal = await deploy(id);
    expect(refusal.statusCode).toBe(409);
    expect(refusal.body).toContain("has been changed since this was shown");
    expect((await collector())?.deployment).toBeNull();
  });

  test("Q108 a stack that was deleted by hand no longer counts as deployed, and the page says so", async () => {
    await deploy((await look()).id);
    await deployed(1);
    await deleteByHand();
    await becomes({
      ...{ state: "absent", deployment: null, deploy: { allowed: true } },
      execute: { allowed: false, reason: "deploy the Collector Stack first" },
      cloud: { status: null, isGone: true },
    });
    await look();
    expect(await collector()).toMatchObject({ cloud: { status: null, isGone: true } });
    await deploy((await look()).id);
    await deployed(2);
    expect((await collector())?.cloud).toMatchObject({ isGone: false });
  });

  test("Q111 a stack is not burned while Step Functions runs an execution that nobody here has started", async () => {
    await deploy((await look()).id);
    await deployed(1);
    const stateMachineArn = (await readStack(account, STACK))!.outputs["StateMachineArn"];
    const states = { Long: { Type: "Wait", Seconds: 1000, End: true } };
    await aws.json("states", "AWSStepFunctions.UpdateStateMachine", {
      stateMachineArn,
      definition: JSON.stringify({ StartAt: "Long", States: states }),
    });
    const { executionArn } = await aws.json("states", "AWSStepFunctions.StartExecution", {
      ...{ stateMachineArn, name: "by-hand" },
    });
    const burn = async () =>
      (await ada.ask("GET", "/panel/api/burn/collector")).json<BurnPlan>().burn;
    expect(await burn()).toEqual({
      allowed: false,
      reason: "by-hand is running: wait for its end, or stop it",
    });
    await aws.json("states", "AWSStepFunctions.StopExecution", { executionArn });
    expect(await burn()).toEqual({ allowed: true, reason: null });
  });

  test("whoever takes a work up tells its events, and not those of earlier ones", async () => {
    await deploy((await look()).id);
    await deployed(1);
    await saveDraft("Other");
    await deploy((await look()).id);
    await deployed(2);
    const { id } = (await readStack(account, STACK))!;
    const told: string[] = [];
    await followStandingStack(account, id, {
      tell: ({ resource, status }) => told.push(`${resource} ${status}`),
      signal: new AbortController().signal,
    });
    expect(told[0]).toBe(`${STACK} UPDATE_IN_PROGRESS`);
    expect(told.filter((event) => event.includes("CREATE"))).toEqual([]);
    expect(told.at(-1)).toBe(`${STACK} UPDATE_COMPLETE`);
  });
});
