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
    const ofRound = { ...input, round: 0 }; // as the states of a round have it
    const entered: WorkflowEvent = { type: "StateEntered", time: time(), ...run, input: ofRound };
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

test("a fit that instances share goes in rounds: each of four takes half as long, and together they cost twice as much", () => {
  const training = (instanceCount: number) =>
    RecSysConfig.parse({ instances: { training: { instanceCount } } });
  const prices = { asOf: "now", region: "here", hourly: { "ml.m5.large": 3600 } };
  const [one, four] = [training(1), training(4)].map(
    (config) => new Map(estimateSteps(config, counts, [], prices).map((each) => [each.step, each])),
  );
  const alone = one!.get("Refit")!.seconds!;
  expect(alone).toBeCloseTo(15); // docs/performance.md, a million rows
  expect(four!.get("Refit")).toBeUndefined();
  for (const step of ["EvaluatedRound", "ServedRound"]) {
    expect(one!.get(step)).toBeUndefined();
    expect(four!.get(step)!.seconds).toBeCloseTo(alone / 2);
    expect(four!.get(step)!.usd).toBeCloseTo(2 * alone);
  }
});

test("of rounds that were run before all are counted", () => {
  const config = RecSysConfig.parse({ instances: { training: { instanceCount: 4 } } });
  const once = executed(config, { ServedRound: 30 });
  const twice = [...once.events, ...executed(config, { ServedRound: 12 }).events];
  const execution = { ...once, workflow: "core" as const, events: twice };
  const before = { execution, counts, isPaidFor: false };
  const estimates = estimateSteps(config, counts, [before], undefined);
  expect(estimates.find(({ step }) => step === "ServedRound")!.seconds).toBeCloseTo(42);
});

test("in AWS it is said that jobs take their time to start", () => {
  const [first] = estimateSteps(collecting(1), counts, [], undefined, "eu-west-1");
  expect(first!.assumptions.join("; ")).toContain("minutes more to start");
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
