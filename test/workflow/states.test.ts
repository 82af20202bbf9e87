import { describe, expect, test } from "vitest";

import {
  type Json,
  type Outcome,
  runWorkflow,
  type State,
  type TaskCall,
  type TaskState,
  type Workflow,
  type WorkflowEvent,
  WorkflowError,
} from "../../src/workflow/index.ts";
import { fakeClock } from "./fake-clock.ts";
import { memoryJournal } from "./memory-journal.ts";

const resource = "arn:aws:states:::test:echo";
const echo: TaskState = { type: "Task", resource };

/** Runs a workflow whose tasks give back their parameters, or what `answer` gives. */
async function run(
  states: Record<string, State>,
  input: Json,
  answer: (task: TaskCall) => Json | Promise<Json> = ({ parameters }) => parameters,
): Promise<{ outcome: Outcome; events: readonly WorkflowEvent[]; slept: readonly number[] }> {
  const journal = memoryJournal();
  const clock = fakeClock();
  const workflow: Workflow = { startAt: Object.keys(states)[0]!, states };
  const outcome = await runWorkflow(workflow, input, {
    name: "test-1",
    runTask: async (task) => answer(task),
    journal,
    clock,
  });
  return { outcome, events: journal.events, slept: clock.slept };
}

const succeeded = (output: Json): Outcome => ({ status: "succeeded", output });

describe("Task", () => {
  test("its request comes from InputPath, then Parameters with paths, context and functions", async () => {
    const { outcome } = await run(
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
    expect((await run({ Work: work }, input, answer)).outcome).toEqual(
      succeeded({ a: 1, b: 2, new: { place: { half: 7 } } }),
    );
    expect((await run({ Work: { ...work, outputPath: "$.new" } }, input, answer)).outcome).toEqual(
      succeeded({ place: { half: 7 } }),
    );
    expect((await run({ Work: { ...work, resultPath: null } }, input, answer)).outcome).toEqual(
      succeeded({ a: 1, b: 2 }),
    );
  });

  test("a path that leads nowhere fails the execution, and no catcher hides it", async () => {
    const { outcome } = await run(
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
    const { outcome, slept, events } = await run(
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
    const { outcome, slept } = await run(
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
    const { outcome } = await run(
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
    const { outcome } = await run(
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

describe("Map", () => {
  const each = (states: Record<string, State>): Workflow => ({
    startAt: Object.keys(states)[0]!,
    states,
  });

  test("gives outputs in the items' order, whatever order they end in", async () => {
    const { outcome } = await run(
      {
        All: {
          type: "Map",
          itemsPath: "$.items",
          itemSelector: {
            "value.$": "$$.Map.Item.Value",
            "index.$": "$$.Map.Item.Index",
            "shared.$": "$.shared",
          },
          itemProcessor: each({ One: echo }),
          resultPath: "$.results",
        },
      },
      { items: ["a", "b", "c"], shared: 1 },
      async ({ parameters }) => {
        const { index } = parameters as { index: number };
        await new Promise((resume) => setTimeout(resume, 10 * (3 - index)));
        return parameters;
      },
    );
    expect(outcome).toEqual(
      succeeded({
        items: ["a", "b", "c"],
        shared: 1,
        results: [
          { value: "a", index: 0, shared: 1 },
          { value: "b", index: 1, shared: 1 },
          { value: "c", index: 2, shared: 1 },
        ],
      }),
    );
  });

  test("never runs more iterations at once than MaxConcurrency", async () => {
    let running = 0;
    let most = 0;
    await run(
      { All: { type: "Map", maxConcurrency: 2, itemProcessor: each({ One: echo }) } },
      [1, 2, 3, 4, 5],
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resume) => setTimeout(resume, 5));
        running--;
        return 0;
      },
    );
    expect(most).toBe(2);
  });

  test("the first failure stops the others before the state fails", async () => {
    const stopped: number[] = [];
    const { outcome } = await run(
      { All: { type: "Map", itemProcessor: each({ One: echo }) } },
      [0, 1, 2],
      async ({ parameters, signal }) => {
        if (parameters === 1) throw new WorkflowError("Broken", "item 1");
        await new Promise<void>((resolve) => {
          signal.addEventListener("abort", () => {
            resolve();
          });
        });
        stopped.push(parameters as number);
        throw new Error("stopped");
      },
    );
    expect(outcome).toEqual({ status: "failed", state: "All", error: "Broken", cause: "item 1" });
    expect(stopped.sort()).toEqual([0, 2]);
  });

  test("events of nested Maps carry every iteration around them", async () => {
    const { events } = await run(
      {
        Outer: {
          type: "Map",
          itemProcessor: each({
            Inner: { type: "Map", itemProcessor: each({ One: { type: "Pass" } }) },
          }),
        },
      },
      [["a"], ["b", "c"]],
    );
    const paths = events.flatMap((event) =>
      event.type === "StateEntered" && event.state === "One"
        ? [event.path.map(({ state, index }) => `${state}[${index}]`).join("/")]
        : [],
    );
    expect(paths.sort()).toEqual(["Outer[0]/Inner[0]", "Outer[1]/Inner[0]", "Outer[1]/Inner[1]"]);
  });

  test("an empty array gives an empty array, and anything else fails", async () => {
    const states: Record<string, State> = {
      All: { type: "Map", itemProcessor: each({ One: echo }) },
    };
    expect((await run(states, [])).outcome).toEqual(succeeded([]));
    expect((await run(states, "no array")).outcome).toMatchObject({ error: "States.Runtime" });
  });
});

describe("Parallel, Choice, Wait, Pass, Succeed, Fail", () => {
  test("Parallel gives every branch the same input and their outputs in order", async () => {
    const { outcome } = await run(
      {
        Both: {
          type: "Parallel",
          parameters: { "n.$": "$.n" },
          branches: [
            { startAt: "L", states: { L: { type: "Pass", result: "left" } } },
            { startAt: "R", states: { R: { type: "Pass", parameters: { "got.$": "$.n" } } } },
          ],
          resultSelector: { "left.$": "$[0]", "right.$": "$[1].got" },
        },
      },
      { n: 4, hidden: 5 },
    );
    expect(outcome).toEqual(succeeded({ left: "left", right: 4 }));
  });

  test.each([
    [{ n: 1 }, "Small"],
    [{ n: 5 }, "Middle"],
    [{ n: 9 }, "Large"],
    [{ n: "9" }, "Other"],
    [{ s: "b" }, "Text"],
    [{ flag: false }, "Flag"],
    [{ none: null }, "None"],
    [{}, "Other"],
  ])("Choice sends %j to %s", async (input, expected) => {
    const has = (variable: string) => ({ variable, operator: "IsPresent", value: true }) as const;
    const n = "$.n";
    const named = (result: string): State => ({ type: "Pass", result });
    const { outcome } = await run(
      {
        Which: {
          type: "Choice",
          choices: [
            {
              and: [has(n), { variable: n, operator: "NumericLessThan", value: 3 }],
              next: "Small",
            },
            {
              and: [
                has(n),
                { variable: n, operator: "NumericGreaterThanEquals", value: 3 },
                { not: { variable: n, operator: "NumericGreaterThan", value: 7 } },
              ],
              next: "Middle",
            },
            { and: [has(n), { variable: n, operator: "IsNumeric", value: true }], next: "Large" },
            {
              and: [
                has("$.s"),
                {
                  or: [
                    { variable: "$.s", operator: "StringEquals", value: "a" },
                    { variable: "$.s", operator: "StringGreaterThan", value: "aa" },
                  ],
                },
              ],
              next: "Text",
            },
            {
              and: [has("$.flag"), { variable: "$.flag", operator: "BooleanEquals", value: false }],
              next: "Flag",
            },
            {
              and: [has("$.none"), { variable: "$.none", operator: "IsNull", value: true }],
              next: "None",
            },
          ],
          default: "Other",
        },
        Small: named("Small"),
        Middle: named("Middle"),
        Large: named("Large"),
        Text: named("Text"),
        Flag: named("Flag"),
        None: named("None"),
        Other: named("Other"),
      },
      input,
    );
    expect(outcome).toEqual(succeeded(expected));
  });

  test("a Choice without match and default fails with States.NoChoiceMatched", async () => {
    const { outcome } = await run(
      {
        Which: {
          type: "Choice",
          choices: [{ variable: "$.x", operator: "NumericEquals", value: 1, next: "End" }],
        },
        End: { type: "Succeed" },
      },
      { x: 2 },
    );
    expect(outcome).toMatchObject({ status: "failed", error: "States.NoChoiceMatched" });
  });

  test("Wait waits its seconds, written or looked up", async () => {
    const { slept } = await run(
      {
        A: { type: "Wait", seconds: 3, next: "B" },
        B: { type: "Wait", seconds: { path: "$.pause" } },
      },
      { pause: 11 },
    );
    expect(slept).toEqual([3000, 11_000]);
  });

  test("Fail ends the execution with its error, and its cause may be looked up", async () => {
    const { outcome } = await run(
      { Stop: { type: "Fail", error: "Rejected", cause: { path: "$.why" } } },
      { why: "too weak" },
    );
    expect(outcome).toEqual({
      status: "failed",
      state: "Stop",
      error: "Rejected",
      cause: "too weak",
    });
  });

  test("Succeed ends before what stands after it, through its paths", async () => {
    const { outcome } = await run(
      { Done: { type: "Succeed", inputPath: "$.a", outputPath: "$.b" } },
      { a: { b: 1 } },
    );
    expect(outcome).toEqual(succeeded(1));
  });
});
