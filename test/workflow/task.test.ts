import { describe, expect, test } from "vitest";

import {
  type Json,
  runWorkflow,
  type State,
  type WorkflowEvent,
  WorkflowError,
} from "../../src/workflow/index.ts";
import { echo, runStates, succeeded } from "./run-states.ts";
import { memoryJournal } from "./memory-journal.ts";

describe("Task", () => {
  test("its request comes from InputPath, then Parameters with paths, context and functions", async () => {
    const { outcome } = await runStates(
      {
        Work: {
          ...echo,
          inputPath: "$.part",
          parameters: {
            "whole.$": "$",
            "second.$": "$.list[1]",
            "quoted.$": "$['a key']",
            "name.$": "$$.Execution.Name",
            "original.$": "$$.Execution.Input.part.n",
            "text.$": "States.Format('{}: {} \\{\\}', $$.Execution.Name, $.n)",
            "range.$": "States.ArrayRange(0, States.MathAdd($.n, -1), 2)",
            "array.$": "States.Array($.n, 'it\\'s', null, true)",
            "json.$": "States.StringToJson('[1, 2]')",
            nested: [{ "deep.$": "$.n", kept: "$.n" }],
          },
        },
      },
      { part: { n: 5, list: [1, 2], "a key": 3 } },
    );
    expect(outcome).toEqual(
      succeeded({
        whole: { n: 5, list: [1, 2], "a key": 3 },
        second: 2,
        quoted: 3,
        name: "test-1",
        original: 5,
        text: "test-1: 5 {}",
        range: [0, 2, 4],
        array: [5, "it's", null, true],
        json: [1, 2],
        nested: [{ deep: 5, kept: "$.n" }],
      }),
    );
  });

  test("its result goes through ResultSelector into its whole input at ResultPath, then OutputPath", async () => {
    const work: State = {
      ...echo,
      inputPath: "$.a",
      resultSelector: { "half.$": "$.rows" },
      resultPath: "$.new.place",
    };
    const answer = (): Json => ({ rows: 7, noise: 1 });
    const input = { a: 1, b: 2 };
    expect((await runStates({ Work: work }, input, answer)).outcome).toEqual(
      succeeded({ a: 1, b: 2, new: { place: { half: 7 } } }),
    );
    expect(
      (await runStates({ Work: { ...work, outputPath: "$.new" } }, input, answer)).outcome,
    ).toEqual(succeeded({ place: { half: 7 } }));
    expect(
      (await runStates({ Work: { ...work, resultPath: null } }, input, answer)).outcome,
    ).toEqual(succeeded({ a: 1, b: 2 }));
  });

  test("a path that leads nowhere fails the execution, and no catcher hides it", async () => {
    const { outcome } = await runStates(
      {
        Work: {
          ...echo,
          parameters: { "x.$": "$.missing" },
          catch: [{ errorEquals: ["States.ALL"], next: "Hidden" }],
        },
        Hidden: { type: "Succeed" },
      },
      { there: 1 },
    );
    expect(outcome).toMatchObject({ status: "failed", state: "Work", error: "States.Runtime" });
    expect(JSON.stringify(outcome)).toContain("$.missing");
  });

  test("retries wait 1 s, 2 s, 4 s … by default, three times, then the error counts", async () => {
    const { outcome, slept, events } = await runStates(
      { Work: { ...echo, retry: [{ errorEquals: ["Busy"] }] } },
      0,
      () => {
        throw new WorkflowError("Busy", "come back later");
      },
    );
    expect(outcome).toEqual({
      status: "failed",
      state: "Work",
      error: "Busy",
      cause: "come back later",
    });
    expect(slept).toEqual([1000, 2000, 4000]);
    expect(events.filter(({ type }) => type === "StateEntered")).toHaveLength(4);
  });

  test("a retrier has its own interval, rate, limit and count", async () => {
    const errors = ["A", "B", "A", "A", "A"];
    const { outcome, slept } = await runStates(
      {
        Work: {
          ...echo,
          parameters: { "retry.$": "$$.State.RetryCount" },
          retry: [
            {
              errorEquals: ["A"],
              intervalSeconds: 10,
              backoffRate: 3,
              maxDelaySeconds: 50,
              maxAttempts: 4,
            },
            { errorEquals: ["States.ALL"], intervalSeconds: 7 },
          ],
        },
      },
      {},
      ({ parameters, retry }) => {
        const error = errors[retry];
        if (error !== undefined) throw new WorkflowError(error, "");
        return parameters;
      },
    );
    expect(outcome).toEqual(succeeded({ retry: 5 }));
    expect(slept).toEqual([10_000, 7000, 30_000, 50_000, 50_000]);
  });

  test("the first catcher that names the error takes it, with Error and Cause at its ResultPath", async () => {
    const { outcome } = await runStates(
      {
        Work: {
          ...echo,
          catch: [
            { errorEquals: ["Other"], next: "Wrong" },
            { errorEquals: ["States.TaskFailed"], next: "Mend", resultPath: "$.problem" },
            { errorEquals: ["States.ALL"], next: "Wrong" },
          ],
        },
        Wrong: { type: "Fail", error: "Wrong", cause: "wrong catcher" },
        Mend: { type: "Pass" },
      },
      { kept: true },
      () => {
        throw new RangeError("too big");
      },
    );
    expect(outcome).toEqual(
      succeeded({ kept: true, problem: { Error: "RangeError", Cause: "too big" } }),
    );
  });

  test("a task over its time is told to stop, and fails with States.Timeout once it has", async () => {
    let stopped = false;
    const { outcome } = await runStates(
      {
        Work: {
          ...echo,
          timeoutSeconds: 5,
          catch: [
            { errorEquals: ["States.TaskFailed"], next: "Wrong" },
            { errorEquals: ["States.Timeout"], next: "Late" },
          ],
        },
        Wrong: { type: "Fail", error: "Wrong", cause: "a timeout is no TaskFailed" },
        Late: { type: "Succeed" },
      },
      1,
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            stopped = true;
            reject(new Error("stopped"));
          });
        }),
    );
    expect(stopped).toBe(true);
    expect(outcome).toMatchObject(succeeded({ Error: "States.Timeout" }));
  });

  test("progress is told with its state and run, and not journaled", async () => {
    const told: WorkflowEvent[] = [];
    const journal = memoryJournal();
    await runWorkflow({ startAt: "Work", states: { Work: echo } }, 1, {
      name: "test-1",
      runTask: ({ report }) => {
        report({ done: 3 });
        return Promise.resolve(1);
      },
      journal,
      onEvent: (event) => told.push(event),
    });
    expect(told).toContainEqual(
      expect.objectContaining({
        type: "TaskProgress",
        state: "Work",
        run: 1,
        progress: { done: 3 },
      }),
    );
    expect(journal.events).toEqual(told.filter(({ type }) => type !== "TaskProgress"));
  });
});
