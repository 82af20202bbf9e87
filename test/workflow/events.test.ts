import { expect, test } from "vitest";

import {
  type Json,
  outcomeOf,
  WorkflowError,
  type WorkflowEvent,
} from "../../src/workflow/index.ts";
import { echo, runStates } from "./run-states.ts";

const start = "2026-01-01T00:00:00.000Z";
const time = start;
const top = { path: [] } as const;

test("a retry and a catcher, event by event", async () => {
  const { events } = await runStates(
    {
      Work: {
        ...echo,
        retry: [{ errorEquals: ["Busy"], maxAttempts: 1, intervalSeconds: 60 }],
        catch: [{ errorEquals: ["Busy"], next: "Mend" }],
      },
      Mend: { type: "Pass", result: "mended" },
    },
    { n: 1 },
    () => {
      throw new WorkflowError("Busy", "come back later");
    },
  );
  const later = "2026-01-01T00:01:00.000Z";
  const failure = { error: "Busy", cause: "come back later" };
  const output = { Error: "Busy", Cause: "come back later" };
  expect(events).toEqual([
    { time, type: "ExecutionStarted", name: "test-1", input: { n: 1 } },
    { time, type: "StateEntered", ...top, state: "Work", run: 1, input: { n: 1 } },
    { time, type: "StateFailed", ...top, state: "Work", run: 1, ...failure },
    { time, type: "StateRetried", ...top, state: "Work", run: 1, retry: 1, delaySeconds: 60 },
    { time: later, type: "StateEntered", ...top, state: "Work", run: 2, input: { n: 1 } },
    { time: later, type: "StateFailed", ...top, state: "Work", run: 2, ...failure },
    { time: later, type: "StateCaught", ...top, state: "Work", run: 2, next: "Mend", output },
    { time: later, type: "StateEntered", ...top, state: "Mend", run: 1, input: output },
    {
      time: later,
      type: "StateSucceeded",
      ...top,
      state: "Mend",
      run: 1,
      output: "mended",
      next: null,
    },
    { time: later, type: "ExecutionSucceeded", output: "mended" },
  ]);
});

test("a Map that fails and a task's own result, event by event", async () => {
  const { events } = await runStates(
    {
      First: { ...echo, resultSelector: { "half.$": "$.n" }, outputPath: "$.half", next: "All" },
      All: {
        type: "Map",
        maxConcurrency: 1,
        itemProcessor: { startAt: "One", states: { One: echo } },
      },
    },
    { n: [7, 8] },
    ({ parameters }): Json => {
      if (parameters === 8) throw new WorkflowError("Broken", "item 8");
      return parameters;
    },
  );
  const all = { ...top, state: "All", run: 1 };
  const one = (index: number) => ({
    path: [{ state: "All", run: 1, index }],
    state: "One",
    run: 1,
  });
  const result = { n: [7, 8] };
  const failure = { error: "Broken", cause: "item 8" };
  expect(events).toEqual([
    { time, type: "ExecutionStarted", name: "test-1", input: result },
    { time, type: "StateEntered", ...top, state: "First", run: 1, input: result },
    {
      time,
      type: "StateSucceeded",
      ...top,
      state: "First",
      run: 1,
      output: [7, 8],
      result,
      next: "All",
    },
    { time, type: "StateEntered", ...all, input: [7, 8] },
    { time, type: "MapIterationStarted", ...all, index: 0 },
    { time, type: "StateEntered", ...one(0), input: 7 },
    { time, type: "StateSucceeded", ...one(0), output: 7, result: 7, next: null },
    { time, type: "MapIterationSucceeded", ...all, index: 0, output: 7 },
    { time, type: "MapIterationStarted", ...all, index: 1 },
    { time, type: "StateEntered", ...one(1), input: 8 },
    { time, type: "StateFailed", ...one(1), ...failure },
    { time, type: "MapIterationFailed", ...all, index: 1, ...failure },
    { time, type: "StateFailed", ...all, ...failure },
    { time, type: "ExecutionFailed", state: "All", ...failure },
  ]);
});

test("the branches of a Parallel state are journaled by their index", async () => {
  const { events } = await runStates(
    {
      Both: {
        type: "Parallel",
        branches: ["L", "R"].map((name) => ({
          startAt: name,
          states: { [name]: { type: "Pass", result: name } },
        })),
      },
    },
    0,
  );
  const branches = events.filter(({ type }) => type.startsWith("ParallelBranch"));
  const both = { time, ...top, state: "Both", run: 1 };
  expect(branches).toHaveLength(4);
  for (const [index, output] of ["L", "R"].entries()) {
    expect(branches).toContainEqual({ ...both, type: "ParallelBranchStarted", index });
    expect(branches).toContainEqual({ ...both, type: "ParallelBranchSucceeded", index, output });
  }
});

test.each<[WorkflowEvent | undefined, ReturnType<typeof outcomeOf>]>([
  [undefined, undefined],
  [{ type: "ExecutionStarted", time, name: "x", input: 1 }, undefined],
  [{ type: "ExecutionResumed", time }, undefined],
  [
    { type: "ExecutionSucceeded", time, output: 5 },
    { status: "succeeded", output: 5 },
  ],
  [{ type: "ExecutionAborted", time }, { status: "aborted" }],
  [
    { type: "ExecutionFailed", time, state: "Work", error: "E", cause: "c" },
    { status: "failed", state: "Work", error: "E", cause: "c" },
  ],
])("a journal that ends with %j says how its execution ended", (last, expected) => {
  expect(outcomeOf(last === undefined ? [] : [{ type: "ExecutionResumed", time }, last])).toEqual(
    expected,
  );
});
