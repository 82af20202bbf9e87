import { expect, onTestFinished, test } from "vitest";

import { openAccount, stepFunctions } from "../../../src/cloud/index.ts";
import { engineOf } from "../../../src/recipe/index.ts";
import type { Overview } from "../../../src/schema/index.ts";
import { openBucket } from "../../../src/storage/index.ts";
import { startMiniStack } from "../../cloud/mini-stack.ts";
import { missingPython } from "../../python.ts";
import { environmentOf } from "../../cloud/sagemaker-stand-in.ts";
import { addPerson, type Browser, browser, panel } from "./panel.ts";

const missing = missingPython("ministack");
if (missing !== undefined) console.warn(`the panel's stacks in AWS are skipped: ${missing}`);

const LOCATION =
  "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
const IMAGE = "aws.imageUri=111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys/jobs:1.0";

test.skipIf(missing !== undefined)(
  "Q108 of two deployments at once one is refused, and the other goes on undisturbed",
  { timeout: 120_000 },
  async () => {
    const aws = await startMiniStack();
    onTestFinished(() => aws.stop());
    Object.assign(process.env, environmentOf(aws.url));
    await aws.rest("s3", "PUT", "/shop", LOCATION);
    const account = openAccount();
    const bucket = await openBucket("s3://shop", "RecSys_Recipe_StepFunctions_CDK");
    const cloud = { account, engine: engineOf(stepFunctions(account)) };
    const { app, state } = await panel({ bucket, cloud }, [IMAGE]);
    addPerson(state, "ada", "admin");
    const ada = await browser(app, "ada");

    const order = () => ada.ask("POST", "/panel/api/stacks/collector/deploy", {});
    const answers = await Promise.all([order(), order()]);

    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const refusal = answers.find(({ statusCode }) => statusCode === 409)!;
    expect(refusal.json()).toMatchObject({
      error: { message: "the Collector Stack is being deployed" },
    });
    await expect
      .poll(() => collector(ada), { timeout: 60_000, interval: 300 })
      .toMatchObject({
        deployment: { number: 1 },
        cloud: { status: "CREATE_COMPLETE", work: { state: "succeeded", problem: null } },
      });
  },
);

async function collector(visitor: Browser): Promise<Overview["stacks"][number] | undefined> {
  const { stacks } = (await visitor.ask("GET", "/panel/api/overview")).json<Overview>();
  return stacks.find(({ stack }) => stack === "collector");
}
