import { expect, test } from "vitest";

import { estimateSteps } from "../../../src/panel/server/configuration/estimates/estimate-steps.ts";
import type { Execution } from "../../../src/recipe/index.ts";
import { RecSysConfig } from "../../../src/schema/index.ts";
import type { WorkflowEvent } from "../../../src/workflow/index.ts";

const counts = { rows: 1_000_000, users: 50_000, items: 10_000, source: "a million rows" };

function collecting(instanceCount: number, evaluating = 1): RecSysConfig {
  return RecSysConfig.parse({
    instances: {
      collector: { instanceCount },
      evaluation: { instanceCount: evaluating },
    },
  });
}

/** A collector execution of which each step took so many seconds. */
function executed(config: RecSysConfig, seconds: Readonly<Record<string, number>>): Execution {
  let now = Date.UTC(2026, 10, 26);
  const time = (): string => new Date(now).toISOString();
  const startedAt = time();
  const { instances } = config;
  const input = {
    bucket: "",
    prefix: "shop",
    execution: "before",
    jobPrefix: "before",
    instances,
    rounds: [],
    inputs: {},
  };
  const events = Object.entries(seconds).flatMap(([state, taken]): WorkflowEvent[] => {
    const run = { path: [], state, run: 1 };
    const entered: WorkflowEvent = { type: "StateEntered", time: time(), ...run, input };
    now += taken * 1000;
    const end = { output: {}, result: {}, next: null };
    return [entered, { type: "StateSucceeded", time: time(), ...run, ...end }];
  });
  return {
    workflow: "collector",
    name: "before",
    status: "succeeded",
    startedAt,
    endedAt: time(),
    outcome: { status: "succeeded", output: null },
    input,
    config,
    events,
  };
}

const stepsOf = (config: RecSysConfig): readonly string[] =>
  estimateSteps(config, counts, [], undefined).map(({ stack, step }) => `${stack} ${step}`);

test("Assemble is estimated only for several collecting instances, Compare always", () => {
  const core = ["Train", "Evaluate", "Compare", "Refit", "Transform", "Merge"];
  const named = core.map((step) => `core ${step}`);
  expect(stepsOf(collecting(1))).toEqual(["collector Collect", ...named]);
  expect(stepsOf(collecting(3))).toEqual(["collector Collect", "collector Assemble", ...named]);
});

test("a second instance is paid for where the work divides, and not where one instance joins it", () => {
  const prices = { asOf: "now", region: "here", hourly: { "ml.m5.large": 3600 } }; // a dollar a second
  const costs = (config: RecSysConfig) =>
    new Map(
      estimateSteps(config, counts, [], prices).map(({ step, seconds, usd }) => [
        step,
        usd! / seconds!,
      ]),
    );
  expect(Object.fromEntries(costs(collecting(4, 2)))).toEqual({
    Collect: expect.closeTo(4) as number,
    Assemble: expect.closeTo(1) as number,
    Train: expect.closeTo(1) as number,
    Evaluate: expect.closeTo(2) as number,
    Compare: expect.closeTo(1) as number,
    Refit: expect.closeTo(1) as number,
    Transform: expect.closeTo(1) as number,
    Merge: expect.closeTo(1) as number,
  });
});

test("a step takes what it took before; of the ranking, which alone divides, each of two instances has half", () => {
  const before = {
    execution: executed(collecting(2), { Collect: 4, Assemble: 20, Evaluate: 109, Compare: 9 }),
    counts,
    isPaidFor: false,
  };
  const secondsOf = (config: RecSysConfig) =>
    Object.fromEntries(
      estimateSteps(config, counts, [before], undefined).map(({ step, seconds }) => [
        step,
        seconds!,
      ]),
    );
  expect(secondsOf(collecting(2))).toMatchObject({
    Collect: expect.closeTo(4) as number,
    Assemble: expect.closeTo(20) as number,
    Compare: expect.closeTo(9) as number,
  });
  // docs/scale.md: 44 s, 1.6 s for a million rows, and 17 s for each billion of the 5 × 10⁸ pairs.
  const halved = (109 * (44 + 1.6 + 8.5 / 2)) / (44 + 1.6 + 8.5);
  expect(secondsOf(collecting(2, 2))).toMatchObject({
    Evaluate: expect.closeTo(halved) as number,
    Compare: expect.closeTo(9) as number,
  });
  const alone = secondsOf(collecting(1));
  expect(alone["Collect"]).toBeGreaterThan(2 * 4); // it has everything to do
  expect(alone["Assemble"]).toBeUndefined();
});
