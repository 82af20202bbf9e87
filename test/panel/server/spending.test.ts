import { expect, test } from "vitest";

import { spendingOf } from "../../../src/panel/server/executions/view/spending.ts";
import { type Execution, executionPaths, jobPrefix } from "../../../src/recipe/index.ts";
import { RecSysConfig } from "../../../src/schema/index.ts";
import type { Bucket } from "../../../src/storage/index.ts";
import type { Json, WorkflowEvent } from "../../../src/workflow/index.ts";
import { createShop } from "../../recipe/shop.ts";

const config = RecSysConfig.parse({
  instances: {
    training: { instanceType: "ml.m5.large" },
    evaluation: { instanceType: "ml.own.large" },
  },
});
const input = {
  ...{ bucket: "s3://shop", prefix: "p", execution: "one", jobPrefix: jobPrefix("one") },
  ...{ instances: config.instances, rounds: [], inputs: {} },
} as unknown as Json;

/** Train for an hour, Evaluate for half of one. */
const EVENTS = [
  { time: "2026-11-26T10:00:00.000Z", type: "StateEntered", ...runOf("Train"), input },
  ended("2026-11-26T11:00:00.000Z", "Train"),
  { time: "2026-11-26T11:00:00.000Z", type: "StateEntered", ...runOf("Evaluate"), input },
  ended("2026-11-26T11:30:00.000Z", "Evaluate"),
] as readonly WorkflowEvent[];

function runOf(state: string) {
  return { path: [], state, run: 1 };
}
function ended(time: string, state: string) {
  return { time, type: "StateSucceeded", ...runOf(state), output: {}, result: {}, next: null };
}
function spent(bucket: Bucket, region: string) {
  const execution = { workflow: "core", name: "one", events: EVENTS };
  return spendingOf(bucket, execution as unknown as Execution, region);
}
async function inAws(bucket: Bucket): Promise<void> {
  const { elsewhere } = executionPaths("core", "one");
  await bucket.write(elsewhere, JSON.stringify({ place: "Step Functions", id: "arn" }));
}

test("an execution on one machine has cost nothing that could be told", async () => {
  expect(await spent(createShop().bucket, "eu-west-1")).toBeNull();
});

test("in AWS each state has its time and its price in the account's region; one without a price leaves the sum open", async () => {
  const { bucket } = createShop();
  await inAws(bucket);
  expect(await spent(bucket, "eu-west-1")).toMatchObject({
    usd: null,
    isRough: true,
    states: [
      { state: "Train", seconds: 3600, usd: 0.128 },
      { state: "Evaluate", seconds: 1800, usd: null },
    ],
  });
});

test("the owner's own prices count before the rough ones", async () => {
  const { bucket } = createShop();
  await inAws(bucket);
  const hourly = { "ml.m5.large": 0.1, "ml.own.large": 3 };
  const prices = { asOf: "November 2026", region: "eu-west-1", hourly };
  await bucket.write("prices.json", JSON.stringify(prices));
  expect(await spent(bucket, "eu-west-1")).toEqual({
    usd: 1.6,
    isRough: false,
    states: [
      { state: "Train", seconds: 3600, usd: 0.1 },
      { state: "Evaluate", seconds: 1800, usd: 1.5 },
    ],
    words: [
      "1.000 hours of ml.m5.large in eu-west-1, by the prices of November 2026 in prices.json",
      "0.500 hours of ml.own.large in eu-west-1, by the prices of November 2026 in prices.json",
    ],
  });
});
