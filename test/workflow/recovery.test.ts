import { describe, expect, test } from "vitest";

import { type Json, type State, type TaskCall, WorkflowError } from "../../src/workflow/index.ts";
import { echo, runStates, succeeded } from "./run-states.ts";

/** Fails the first calls with these errors, `null` apart, and else gives how often it was called. */
function failing(...errors: readonly (string | null)[]): (task: TaskCall) => Json {
  let calls = 0;
  return () => {
    const error = errors[calls++];
    if (typeof error === "string") throw new WorkflowError(error, `call ${calls}`);
    return calls;
  };
}
const one: Record<string, State> = { One: echo };
const inner = { startAt: "One", states: one };
const caught: State = { type: "Pass", result: "caught" };

describe("a retrier", () => {
  test("whose MaxAttempts is 0 never retries", async () => {
    const retry = [{ errorEquals: ["A"], maxAttempts: 0 }];
    const { outcome, slept } = await runStates({ Work: { ...echo, retry } }, 1, failing("A"));
    expect(outcome).toMatchObject({ status: "failed", error: "A", cause: "call 1" });
    expect(slept).toEqual([]);
  });

  test("that does not name the error is passed over", async () => {
    const retry = [{ errorEquals: ["A", "B"] }, { errorEquals: ["C"], intervalSeconds: 9 }];
    const { outcome, slept } = await runStates({ Work: { ...echo, retry } }, 1, failing("C", "B"));
    expect(outcome).toEqual(succeeded(3));
    expect(slept).toEqual([9000, 1000]);
    const unnamed = await runStates({ Work: { ...echo, retry } }, 1, failing("D"));
    expect(unnamed.outcome).toMatchObject({ error: "D" });
  });

  test("that is used up is not followed by another that names the error too", async () => {
    const retry = [{ errorEquals: ["A"], maxAttempts: 1 }, { errorEquals: ["States.ALL"] }];
    const { outcome, slept } = await runStates({ Work: { ...echo, retry } }, 1, failing("A", "A"));
    expect(outcome).toMatchObject({ error: "A", cause: "call 2" });
    expect(slept).toEqual([1000]);
  });

  test("of rate 1 waits equally long, and counts anew when the state is visited again", async () => {
    const retry = [{ errorEquals: ["A"], maxAttempts: 2, intervalSeconds: 3, backoffRate: 1 }];
    const states: Record<string, State> = {
      Work: { ...echo, retry, next: "Enough" },
      Enough: {
        type: "Choice",
        choices: [{ variable: "$", operator: "NumericLessThan", value: 6, next: "Work" }],
        default: "Done",
      },
      Done: { type: "Succeed" },
    };
    const work = failing("A", "A", null, "A", "A");
    const { outcome, slept } = await runStates(states, 1, work);
    expect(outcome).toEqual(succeeded(6));
    expect(slept).toEqual([3000, 3000, 3000, 3000]);
  });

  test.each<[string, State]>([
    ["Map", { type: "Map", itemProcessor: inner }],
    ["Parallel", { type: "Parallel", branches: [inner] }],
  ])("of a %s state runs all of it again", async (_, state) => {
    const again = { ...state, retry: [{ errorEquals: ["A"] }] } as State;
    const { outcome, slept, events } = await runStates({ All: again }, [1], failing("A"));
    expect(outcome).toEqual(succeeded([2]));
    expect(slept).toEqual([1000]);
    const inside = events.flatMap((event) =>
      event.type === "StateEntered" && event.state === "One" ? [event.path] : [],
    );
    expect(inside).toEqual([
      [{ state: "All", run: 1, index: 0 }],
      [{ state: "All", run: 2, index: 0 }],
    ]);
  });
});

describe("States.TaskFailed names every error of a Task but States.Timeout, and of no other state", () => {
  const errorEquals = ["States.TaskFailed"];
  test.each<[string, State, boolean]>([
    ["Task", echo, true],
    ["Map", { type: "Map", itemProcessor: inner }, false],
    ["Parallel", { type: "Parallel", branches: [inner] }, false],
  ])("%s", async (_, state, takes) => {
    const states = {
      Work: { ...state, catch: [{ errorEquals, next: "Caught" }], next: "Caught" } as State,
      Caught: caught,
    };
    const { outcome } = await runStates(states, [1], failing("A"));
    expect(outcome).toMatchObject(takes ? succeeded("caught") : { state: "Work", error: "A" });
  });
});

describe("States.Runtime", () => {
  test("is taken by no retrier and no catcher, even by its own name", async () => {
    const { outcome, slept } = await runStates(
      {
        Work: {
          ...echo,
          inputPath: "$.missing",
          retry: [{ errorEquals: ["States.Runtime"] }, { errorEquals: ["States.ALL"] }],
          catch: [{ errorEquals: ["States.Runtime", "States.TaskFailed"], next: "Caught" }],
        },
        Caught: caught,
      },
      {},
    );
    expect(outcome).toMatchObject({ status: "failed", error: "States.Runtime" });
    expect(slept).toEqual([]);
  });
});

describe("a catcher", () => {
  test.each<[string | null | undefined, Json]>([
    [undefined, { Error: "A", Cause: "call 1" }],
    ["$", { Error: "A", Cause: "call 1" }],
    ["$.why", { kept: 1, why: { Error: "A", Cause: "call 1" } }],
    [null, { kept: 1 }],
  ])("puts error and cause at its ResultPath %s", async (resultPath, expected) => {
    const rest = resultPath === undefined ? {} : { resultPath };
    const handler = { errorEquals: ["States.ALL"], next: "Caught", ...rest };
    const { outcome } = await runStates(
      { Work: { ...echo, catch: [handler] }, Caught: { type: "Succeed" } },
      { kept: 1 },
      failing("A"),
    );
    expect(outcome).toEqual(succeeded(expected));
  });

  test("acts when the retries are used up", async () => {
    const { outcome, slept } = await runStates(
      {
        Work: {
          ...echo,
          retry: [{ errorEquals: ["A"], maxAttempts: 1 }],
          catch: [{ errorEquals: ["A"], next: "Caught" }],
        },
        Caught: { type: "Succeed" },
      },
      1,
      failing("A", "A"),
    );
    expect(outcome).toEqual(succeeded({ Error: "A", Cause: "call 2" }));
    expect(slept).toEqual([1000]);
  });
});

test.each<[unknown, string, string]>([
  [new TypeError("no number"), "TypeError", "no number"],
  ["a bare text", "Error", "a bare text"],
  [undefined, "Error", "undefined"],
])("what a task throws becomes its error: %s", async (thrown, error, cause) => {
  const { outcome } = await runStates({ Work: echo }, 1, () => {
    throw thrown;
  });
  expect(outcome).toEqual({ status: "failed", state: "Work", error, cause });
});
