import { describe, expect, test } from "vitest";

import { type State } from "../../src/workflow/index.ts";
import { runStates, succeeded } from "./run-states.ts";

describe("Parallel, Choice, Wait, Pass, Succeed, Fail", () => {
  test("Parallel gives every branch the same input and their outputs in order", async () => {
    const { outcome } = await runStates(
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
    const { outcome } = await runStates(
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
    const { outcome } = await runStates(
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
    const { slept } = await runStates(
      {
        A: { type: "Wait", seconds: 3, next: "B" },
        B: { type: "Wait", seconds: { path: "$.pause" } },
      },
      { pause: 11 },
    );
    expect(slept).toEqual([3000, 11_000]);
  });

  test("Fail ends the execution with its error, and its cause may be looked up", async () => {
    const { outcome } = await runStates(
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
    const { outcome } = await runStates(
      { Done: { type: "Succeed", inputPath: "$.a", outputPath: "$.b" } },
      { a: { b: 1 } },
    );
    expect(outcome).toEqual(succeeded(1));
  });
});
