import { describe, expect, test } from "vitest";

import { type Json, type Outcome, type State } from "../../src/workflow/index.ts";
import { echo, runStates, succeeded } from "./run-states.ts";

/** What a call of an intrinsic function gives in a task's parameters. */
async function call(text: string, input: Json = null): Promise<Outcome> {
  const work: State = { ...echo, parameters: { "value.$": text }, outputPath: "$.value" };
  return (await runStates({ Work: work }, input)).outcome;
}

describe("intrinsic functions as the Amazon States Language describes them", () => {
  test.each<[string, Json]>([
    ["States.Format('{} and {}', 'a', 1)", "a and 1"],
    ["States.Format('no placeholder')", "no placeholder"],
    ["States.Format('{}', $)", '{"a":[1]}'],
    ["States.Format('\\{{}\\} \\\\ it\\'s', true)", "{true} \\ it's"],
    ["States.Array()", []],
    ["States.Array(-1.5, false, $.a)", [-1.5, false, [1]]],
    ["States.ArrayRange(1, 9, 2)", [1, 3, 5, 7, 9]],
    ["States.ArrayRange(1, 8, 2)", [1, 3, 5, 7]],
    ["States.ArrayRange(3, 1, -1)", [3, 2, 1]],
    ["States.ArrayRange(4, 4, 1)", [4]],
    ["States.ArrayRange(5, 1, 1)", []],
    ["States.MathAdd(2, -5)", -3],
    ["States.StringToJson('{\"b\": null}')", { b: null }],
  ])("%s", async (text, expected) => {
    expect(await call(text, { a: [1] })).toEqual(succeeded(expected));
  });

  test("a range of 1000 numbers is the longest", async () => {
    const outcome = await call("States.ArrayRange(1, 1000, 1)");
    expect(outcome).toEqual(succeeded(Array.from({ length: 1000 }, (_, i) => i + 1)));
  });

  test.each([
    ["States.Format()", "States.Format needs a template, got null"],
    ["States.Format($)", 'States.Format needs a template, got {"a":[1]}'],
    ["States.Format('{}')", "States.Format needs 1 values, got []"],
    ["States.Format('{}', 1, 2)", "States.Format needs 1 values, got [1,2]"],
    ["States.ArrayRange(1, 9)", "the step not 0, got [1,9,null]"],
    ["States.ArrayRange(1, 9, 0)", "the step not 0, got [1,9,0]"],
    ["States.ArrayRange(1, 2.5, 1)", "the step not 0, got [1,2.5,1]"],
    ["States.ArrayRange(0, 1000, 1)", "at most 1000 items, got [0,1000,1]"],
    ["States.StringToJson(1)", "States.StringToJson needs a string, got 1"],
    ["States.StringToJson('{')", 'States.StringToJson needs a string of JSON, got "{"'],
    ["States.MathAdd(1)", "States.MathAdd needs two whole numbers, got [1,null]"],
    ["States.MathAdd(1.5, 1)", "States.MathAdd needs two whole numbers, got [1.5,1]"],
    ["States.MathAdd('1', 1)", 'States.MathAdd needs two whole numbers, got ["1",1]'],
  ])("%s fails with States.IntrinsicFailure", async (text, message) => {
    expect(await call(text, { a: [1] })).toEqual({
      state: "Work",
      status: "failed",
      error: "States.IntrinsicFailure",
      cause: expect.stringContaining(message) as string,
    });
  });
});

describe("a Wait state", () => {
  test.each<[Json, string]>([
    [-1, "got -1"],
    ["5", 'got "5"'],
  ])("does not wait for %j", async (seconds, got) => {
    const { outcome, slept } = await runStates(
      { Pause: { type: "Wait", seconds: { path: "$.seconds" } } },
      { seconds },
    );
    expect(outcome).toEqual({
      state: "Pause",
      status: "failed",
      error: "States.Runtime",
      cause: `a Wait state needs a number of seconds, ${got}`,
    });
    expect(slept).toEqual([]);
  });

  test("of 0 seconds goes on at once", async () => {
    const { outcome } = await runStates(
      { Pause: { type: "Wait", seconds: { path: "$.seconds" } } },
      { seconds: 0 },
    );
    expect(outcome).toEqual(succeeded({ seconds: 0 }));
  });
});
