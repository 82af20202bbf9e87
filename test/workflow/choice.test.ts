import { describe, expect, test } from "vitest";

import type { ChoiceRule, Json, State } from "../../src/workflow/index.ts";
import { runStates, succeeded } from "./run-states.ts";

const answer = (result: string): State => ({ type: "Pass", result });

/** Where a Choice with one rule goes for `{ x: value }`: "yes", or "no" by its default. */
async function choose(operator: string, wanted: Json, value: Json): Promise<Json> {
  const rule = { variable: "$.x", operator, value: wanted, next: "Yes" } as ChoiceRule;
  const { outcome } = await runStates(
    {
      Which: { type: "Choice", choices: [rule], default: "No" },
      Yes: answer("yes"),
      No: answer("no"),
    },
    { x: value },
  );
  expect(outcome).toMatchObject({ status: "succeeded" });
  return outcome.status === "succeeded" ? outcome.output : null;
}

describe("the operators of the Amazon States Language", () => {
  // Each operator with a value below, equal to and above what the rule names.
  test.each<[string, Json, readonly [Json, Json, Json], readonly [string, string, string]]>([
    ["NumericEquals", 5, [4, 5, 6], ["no", "yes", "no"]],
    ["NumericLessThan", 5, [4, 5, 6], ["yes", "no", "no"]],
    ["NumericLessThanEquals", 5, [4, 5, 6], ["yes", "yes", "no"]],
    ["NumericGreaterThan", 5, [4, 5, 6], ["no", "no", "yes"]],
    ["NumericGreaterThanEquals", 5, [4, 5, 6], ["no", "yes", "yes"]],
    ["StringEquals", "b", ["a", "b", "c"], ["no", "yes", "no"]],
    ["StringLessThan", "b", ["a", "b", "c"], ["yes", "no", "no"]],
    ["StringLessThanEquals", "b", ["a", "b", "c"], ["yes", "yes", "no"]],
    ["StringGreaterThan", "b", ["a", "b", "c"], ["no", "no", "yes"]],
    ["StringGreaterThanEquals", "b", ["a", "b", "c"], ["no", "yes", "yes"]],
  ])("%s %j", async (operator, wanted, values, expected) => {
    for (const [i, value] of values.entries()) {
      expect(await choose(operator, wanted, value), JSON.stringify(value)).toBe(expected[i]);
    }
  });

  // Loose comparison would let these through: "4" < 5, null < 5, true <= 5, ["b"] >= "b".
  test.each<[string, Json, readonly Json[]]>([
    ["NumericEquals", 5, ["5", null, true, [5]]],
    ["NumericLessThan", 5, ["4", null, true, [4]]],
    ["NumericLessThanEquals", 5, ["5", null, true, [5]]],
    ["NumericGreaterThan", 5, ["6", [6]]],
    ["NumericGreaterThanEquals", 5, ["5", [5]]],
    ["StringEquals", "1", [1, ["1"]]],
    ["StringLessThan", "2", [1, ["1"]]],
    ["StringLessThanEquals", "1", [1, ["1"]]],
    ["StringGreaterThan", "1", [2, ["2"]]],
    ["StringGreaterThanEquals", "1", [1, ["1"]]],
    ["BooleanEquals", true, [1, "true", [true]]],
  ])("%s %j takes no value of another type", async (operator, wanted, values) => {
    for (const value of values) {
      expect(await choose(operator, wanted, value), JSON.stringify(value)).toBe("no");
    }
  });

  test.each<[string, Json, Json]>([
    ["IsNull", null, 0],
    ["IsString", "", 1],
    ["IsNumeric", 0, "0"],
    ["IsBoolean", false, 0],
    ["BooleanEquals", true, false],
  ])("%s is asked for either way", async (operator, value, other) => {
    expect(await choose(operator, true, value)).toBe("yes");
    expect(await choose(operator, true, other)).toBe("no");
    expect(await choose(operator, false, value)).toBe("no");
    expect(await choose(operator, false, other)).toBe("yes");
  });
});

describe("a Choice state", () => {
  const has = (variable: string, value = true) =>
    ({ variable, operator: "IsPresent", value }) as const;
  const run = (choice: Omit<Extract<State, { type: "Choice" }>, "type">, input: Json) =>
    runStates(
      { Which: { type: "Choice", ...choice }, Yes: { type: "Succeed" }, No: answer("no") },
      input,
    );

  test("null is present, and what every object inherits is not", async () => {
    const choices = [{ ...has("$.x"), next: "Yes" }];
    expect((await run({ choices, default: "No" }, { x: null })).outcome).toEqual(
      succeeded({ x: null }),
    );
    const inherited = [{ ...has("$.toString"), next: "Yes" }];
    expect((await run({ choices: inherited, default: "No" }, {})).outcome).toEqual(succeeded("no"));
  });

  test("IsPresent false asks for absence", async () => {
    const choices = [{ ...has("$.x", false), next: "Yes" }];
    expect((await run({ choices, default: "No" }, {})).outcome).toEqual(succeeded({}));
    expect((await run({ choices, default: "No" }, { x: 1 })).outcome).toEqual(succeeded("no"));
  });

  test("And wants all of its conditions, Or one of them", async () => {
    const both = [has("$.a"), has("$.b")];
    const and = { choices: [{ and: both, next: "Yes" }], default: "No" };
    const or = { choices: [{ or: both, next: "Yes" }], default: "No" };
    const a = { a: 1 };
    const ab = { a: 1, b: 2 };
    expect((await run(and, a)).outcome).toEqual(succeeded("no"));
    expect((await run(and, ab)).outcome).toEqual(succeeded(ab));
    expect((await run(or, a)).outcome).toEqual(succeeded(a));
    expect((await run(or, {})).outcome).toEqual(succeeded("no"));
  });

  test("compares and passes on what its InputPath shows it, through its OutputPath", async () => {
    const choices = [{ ...has("$.inner"), next: "Yes" }];
    const choice = { choices, default: "No", inputPath: "$.outer" };
    const input = { outer: { inner: { deep: 1 } } };
    expect((await run(choice, input)).outcome).toEqual(succeeded({ inner: { deep: 1 } }));
    expect((await run({ ...choice, outputPath: "$.inner" }, input)).outcome).toEqual(
      succeeded({ deep: 1 }),
    );
  });

  test("a comparison of what is not there fails the execution with States.Runtime", async () => {
    const choices = [
      { variable: "$.missing", operator: "NumericEquals", value: 1, next: "Yes" } as const,
    ];
    expect((await run({ choices, default: "No" }, { x: 1 })).outcome).toEqual({
      status: "failed",
      state: "Which",
      error: "States.Runtime",
      cause: 'path "$.missing" leads to nothing in {"x":1}',
    });
  });

  test("without match and default the cause shows the beginning of the data", async () => {
    const choices = [{ ...has("$.x"), next: "Yes" }];
    const { outcome } = await runStates(
      { Which: { type: "Choice", choices }, Yes: { type: "Succeed" } },
      "y".repeat(1000),
    );
    expect(outcome).toEqual({
      status: "failed",
      state: "Which",
      error: "States.NoChoiceMatched",
      cause: `no rule matches "${"y".repeat(299)}`,
    });
  });
});
