import { describe, expect, test } from "vitest";

import {
  type Json,
  runWorkflow,
  type State,
  type StateRun,
  type WorkflowEvent,
  WorkflowError,
} from "../../src/workflow/index.ts";
import { fakeClock } from "./fake-clock.ts";
import { memoryJournal } from "./memory-journal.ts";
import { echo, succeeded } from "./run-states.ts";

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
const time = at(0);
const started: WorkflowEvent = { type: "ExecutionStarted", time, name: "x", input: 1 };
const entered = (run: StateRun, seconds = 0): WorkflowEvent => ({
  type: "StateEntered",
  time: at(seconds),
  ...run,
  input: 1,
});

/** Goes on with a journal at a time; tasks give back what they get. */
async function resume(
  states: Record<string, State>,
  earlier: readonly WorkflowEvent[],
  seconds = 0,
) {
  const journal = memoryJournal([started, ...earlier]);
  const clock = fakeClock(Date.parse(at(seconds)));
  const worked: Json[] = [];
  const outcome = await runWorkflow({ startAt: Object.keys(states)[0]!, states }, 1, {
    name: "x",
    journal,
    clock,
    runTask: ({ parameters }) => {
      worked.push(parameters);
      return Promise.resolve(parameters);
    },
  });
  const added = journal.events.slice(1 + earlier.length).map(({ type }) => type);
  return { outcome, worked, slept: clock.slept, added };
}

describe("a Wait that was being waited", () => {
  const states: Record<string, State> = { Pause: { type: "Wait", seconds: 60 } };
  const pause = entered({ path: [], state: "Pause", run: 1 }, 10);

  test.each([
    [15, 55_000],
    [69, 1000],
    [70, 0],
    [3000, 0],
  ])("since second 10 for 60 s waits from second %i only %i ms", async (seconds, rest) => {
    const { outcome, slept, added } = await resume(states, [pause], seconds);
    expect(outcome).toEqual(succeeded(1));
    expect(slept).toEqual([rest]);
    expect(added).toEqual(["ExecutionResumed", "StateSucceeded", "ExecutionSucceeded"]);
  });
});

test("a retry whose delay has passed while nothing ran is not waited for", async () => {
  const run = { path: [], state: "Work", run: 1 };
  const retry = [{ errorEquals: ["Busy"], intervalSeconds: 60 }];
  const { outcome, slept } = await resume(
    { Work: { ...echo, retry } },
    [entered(run), { type: "StateFailed", time: at(1), ...run, error: "Busy", cause: "" }],
    1000,
  );
  expect(outcome).toEqual(succeeded(1));
  expect(slept).toEqual([0]);
});

describe("a Map that was being run", () => {
  const run = { path: [], state: "All", run: 1 };
  const states: Record<string, State> = {
    All: {
      type: "Map",
      itemsPath: "$$.Execution.Input.items",
      itemProcessor: { startAt: "One", states: { One: echo } },
    },
  };
  const begin: WorkflowEvent[] = [
    { type: "ExecutionStarted", time, name: "x", input: { items: ["a", "b", "c"] } },
    entered(run),
    ...[0, 1].map((index): WorkflowEvent => ({ type: "MapIterationStarted", time, ...run, index })),
  ];
  const go = async (earlier: readonly WorkflowEvent[]) => {
    const journal = memoryJournal(earlier);
    const worked: Json[] = [];
    const outcome = await runWorkflow({ startAt: "All", states }, null, {
      name: "x",
      journal,
      clock: fakeClock(),
      runTask: ({ parameters }) => {
        worked.push(parameters);
        return Promise.resolve(`${parameters as string} again`);
      },
    });
    return { outcome, worked, added: journal.events.slice(earlier.length) };
  };

  test("takes the outputs of finished iterations from the journal, each at its index", async () => {
    const done: WorkflowEvent = {
      type: "MapIterationSucceeded",
      time,
      ...run,
      index: 1,
      output: "B",
    };
    const { outcome, worked, added } = await go([...begin, done]);
    expect(outcome).toEqual(succeeded(["a again", "B", "c again"]));
    expect(worked.sort()).toEqual(["a", "c"]);
    const startedNow = added.filter(({ type }) => type === "MapIterationStarted");
    expect(startedNow).toEqual([{ type: "MapIterationStarted", time, ...run, index: 2 }]);
  });

  test("fails with the failure that the journal holds first, and runs nothing", async () => {
    const failed = (index: number): WorkflowEvent => ({
      type: "MapIterationFailed",
      time,
      ...run,
      index,
      error: "Broken",
      cause: `item ${index}`,
    });
    const { outcome, worked } = await go([...begin, failed(1), failed(0)]);
    expect(outcome).toEqual({ status: "failed", state: "All", error: "Broken", cause: "item 1" });
    expect(worked).toEqual([]);
  });
});

test("what stands in the journal is not told again to listeners", async () => {
  const told: string[] = [];
  await runWorkflow({ startAt: "Work", states: { Work: echo } }, 1, {
    name: "x",
    journal: memoryJournal([started, entered({ path: [], state: "Work", run: 1 })]),
    runTask: () => Promise.reject(new WorkflowError("E", "")),
    onEvent: ({ type }) => told.push(type),
  });
  expect(told).toEqual(["ExecutionResumed", "StateFailed", "ExecutionFailed"]);
});

test("a journal that was resumed before says so each time", async () => {
  const { added } = await resume({ Work: echo }, [{ type: "ExecutionResumed", time }]);
  expect(added[0]).toBe("ExecutionResumed");
});
