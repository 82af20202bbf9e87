import { describe, expect, test } from "vitest";

import {
  compileWorkflow,
  DefinitionError,
  type Json,
  type State,
  WorkflowError,
} from "../../src/workflow/index.ts";
import { echo, runStates, succeeded } from "./run-states.ts";

const show = (text: string): State => ({
  type: "Pass",
  parameters: { "value.$": text },
  outputPath: "$.value",
});

describe("a call of a function", () => {
  const input = { a: { b: 1 }, "a key": { "it, is (one)": 2 }, list: [[7, 8]] };
  test.each<[string, Json]>([
    ["States.Array($.a.b,2,3)", [1, 2, 3]],
    ["States.Array(  $.a.b  ,  2  ,  3  )", [1, 2, 3]],
    ["States.Array($['a key']['it, is (one)'], $.list[0][1])", [2, 8]],
    ["States.Array($$.Execution.Name, $)", ["test-1", input]],
    ["States.Array(0, 10, -3, 1.25, -0.05)", [0, 10, -3, 1.25, -0.05]],
    ["States.Array(true, false, null)", [true, false, null]],
    [
      "States.Array('', 'x, y (z)', '$.a', 'it\\'s \\\\ \\n')",
      ["", "x, y (z)", "$.a", "it's \\ n"],
    ],
    ["States.Array(States.Array( ), States.MathAdd(1, States.MathAdd(2, 3)))", [[], 6]],
    ["States.Format(States.Format('{}', '\\{}'), 1)", "1"],
    ["States.Format('{}', 'a \\'text\\' {}')", "a 'text' {}"],
  ])("%s", async (text, expected) => {
    expect((await runStates({ Show: show(text) }, input)).outcome).toEqual(succeeded(expected));
  });

  const whole = "expected a path or a call of an intrinsic function, got";
  test.each([
    ["States.Array(1 2)", `"States.Array(1 2)" lacks "," or ")" at " 2)"`],
    ["States.Array(,1)", `"States.Array(,1)" is not understood at ",1)"`],
    ["States.Array(1,)", `"States.Array(1,)" is not understood at ")"`],
    ["States.Array('a)", `"States.Array('a)" is not understood at "'a)"`],
    ["States.Array(1)) ", `${whole} "States.Array(1)) "`],
    ["'a text'", `${whole} "'a text'"`],
    ["12", `${whole} "12"`],
    ["States.Array", `"States.Array" is not understood at "States.Array"`],
    [
      "$.a, 1",
      `path "$.a, 1" is not understood at ", 1"; allowed are .name, ['any name'] and [index]`,
    ],
    ["States.Array($.a[*])", `path "$.a[*]" is not understood at "[*]"`],
    ["States.Array($['a'b'])", `path "$['a'b']" is not understood at "['a'b']"`],
    [
      "States.toString(1)",
      "there is no function States.toString here; there are States.Format, States.Array, " +
        "States.ArrayRange, States.StringToJson, States.MathAdd",
    ],
    [
      "$$.Map.Item",
      `"$$.Map.Item" is not in the context object; there are $$.Execution.Name, ` +
        "$$.Execution.Input, $$.Execution.StartTime, $$.Execution.RedriveCount, " +
        "$$.State.RetryCount, $$.Map.Item.Index, $$.Map.Item.Value",
    ],
  ])("%s is refused where it goes wrong", (text, message) => {
    const compile = () => compileWorkflow({ startAt: "Show", states: { Show: show(text) } });
    expect(compile).toThrow(DefinitionError);
    expect(compile).toThrow(message);
  });
});

test.each([
  "$.1a",
  "$.a-b",
  "$.",
  "$a",
  "$['']",
  "$['a\\b']",
  "$['a",
  "$[01]",
  "$[-1]",
  "$[1",
  "$[]",
])("%s is no path", (path) => {
  const compile = () =>
    compileWorkflow({ startAt: "Show", states: { Show: { type: "Pass", inputPath: path } } });
  expect(compile).toThrow(`state "Show".InputPath: path "${path}" is not understood at`);
});

describe("what the engine says when a value is not what it needs", () => {
  const long = "y".repeat(1000);
  const cause = async (state: State, input: Json): Promise<unknown> => {
    const { outcome } = await runStates({ One: state }, input);
    expect(outcome).toMatchObject({ status: "failed", state: "One" });
    return outcome.status === "failed" ? [outcome.error, outcome.cause] : [];
  };

  test("a Map's items", async () => {
    const itemProcessor = { startAt: "Inner", states: { Inner: echo } };
    expect(await cause({ type: "Map", itemsPath: "$.x", itemProcessor }, { x: long })).toEqual([
      "States.Runtime",
      `a Map state needs an array at "$.x", got "${"y".repeat(99)}`,
    ]);
  });

  test("a Fail state's cause", async () => {
    const state: State = { type: "Fail", error: "E", cause: { path: "$.x" } };
    expect(await cause(state, { x: 5 })).toEqual([
      "States.Runtime",
      '"$.x" must lead to a string, got 5',
    ]);
  });

  test("a function's values, the beginning of them", async () => {
    expect(await cause(show("States.MathAdd($, 1)"), long)).toEqual([
      "States.IntrinsicFailure",
      `States.MathAdd needs two whole numbers, got ["${"y".repeat(198)}`,
    ]);
  });
});

test("errors are printed with their kind", () => {
  expect(String(new DefinitionError("StartAt: …"))).toBe("DefinitionError: StartAt: …");
  expect(String(new WorkflowError("Busy", "come back"))).toBe("WorkflowError: come back");
});
