import { describe, expect, test } from "vitest";

import {
  compileWorkflow,
  DefinitionError,
  type State,
  type Workflow,
} from "../../src/workflow/index.ts";

const resource = "arn:aws:states:::sagemaker:createProcessingJob.sync";
const one = (state: State): Workflow => ({ startAt: "One", states: { One: state } });
const last: State = { type: "Succeed" };

test("a workflow compiles to the States Language, field by field", () => {
  const workflow: Workflow = {
    comment: "all of it",
    startAt: "Work",
    states: {
      Work: {
        type: "Task",
        comment: "works",
        resource,
        inputPath: "$.in",
        parameters: { "a.$": "$.a", b: [{ "c.$": "$$.Execution.Name" }] },
        resultSelector: { "d.$": "$.d" },
        resultPath: "$.out",
        outputPath: null,
        timeoutSeconds: 60,
        retry: [
          {
            errorEquals: ["Busy"],
            intervalSeconds: 2,
            maxAttempts: 0,
            backoffRate: 1.5,
            maxDelaySeconds: 9,
          },
        ],
        catch: [{ errorEquals: ["States.ALL"], next: "Stop", resultPath: null }],
        next: "Which",
      },
      Which: {
        type: "Choice",
        choices: [
          {
            and: [
              { variable: "$.x", operator: "IsPresent", value: true },
              { not: { variable: "$.x", operator: "NumericEquals", value: 1 } },
            ],
            next: "Each",
          },
          { or: [{ variable: "$.y", operator: "BooleanEquals", value: false }], next: "Pause" },
        ],
        default: "Stop",
      },
      Each: {
        type: "Map",
        itemsPath: "$.list",
        itemSelector: { "item.$": "$$.Map.Item.Value" },
        maxConcurrency: 2,
        itemProcessor: { startAt: "Inner", states: { Inner: { type: "Pass", result: 1 } } },
        next: "Both",
      },
      Both: {
        type: "Parallel",
        branches: [{ startAt: "Left", states: { Left: last } }],
      },
      Pause: { type: "Wait", seconds: 5, next: "Pause2" },
      Pause2: { type: "Wait", seconds: { path: "$.seconds" }, next: "Done" },
      Done: last,
      Stop: { type: "Fail", error: "E", cause: { path: "$.why" } },
    },
  };
  expect(compileWorkflow(workflow)).toEqual({
    Comment: "all of it",
    StartAt: "Work",
    States: {
      Work: {
        Type: "Task",
        Comment: "works",
        Resource: resource,
        InputPath: "$.in",
        Parameters: { "a.$": "$.a", b: [{ "c.$": "$$.Execution.Name" }] },
        ResultSelector: { "d.$": "$.d" },
        ResultPath: "$.out",
        OutputPath: null,
        TimeoutSeconds: 60,
        Retry: [
          {
            ErrorEquals: ["Busy"],
            IntervalSeconds: 2,
            MaxAttempts: 0,
            BackoffRate: 1.5,
            MaxDelaySeconds: 9,
          },
        ],
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "Stop" }],
        Next: "Which",
      },
      Which: {
        Type: "Choice",
        Choices: [
          {
            And: [
              { Variable: "$.x", IsPresent: true },
              { Not: { Variable: "$.x", NumericEquals: 1 } },
            ],
            Next: "Each",
          },
          { Or: [{ Variable: "$.y", BooleanEquals: false }], Next: "Pause" },
        ],
        Default: "Stop",
      },
      Each: {
        Type: "Map",
        ItemsPath: "$.list",
        ItemSelector: { "item.$": "$$.Map.Item.Value" },
        MaxConcurrency: 2,
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "Inner",
          States: { Inner: { Type: "Pass", Result: 1, End: true } },
        },
        Next: "Both",
      },
      Both: {
        Type: "Parallel",
        Branches: [{ StartAt: "Left", States: { Left: { Type: "Succeed" } } }],
        End: true,
      },
      Pause: { Type: "Wait", Seconds: 5, Next: "Pause2" },
      Pause2: { Type: "Wait", SecondsPath: "$.seconds", Next: "Done" },
      Done: { Type: "Succeed" },
      Stop: { Type: "Fail", Error: "E", CausePath: "$.why" },
    },
  });
});

describe("refused with the place and what was got", () => {
  const work = (fields: object): Workflow => one({ type: "Task", resource, ...fields });
  test.each<[string, Workflow, string]>([
    ["a wildcard", work({ inputPath: "$.a[*]" }), `state "One".InputPath: path "$.a[*]"`],
    ["a filter", work({ inputPath: "$.a[?(@.b)]" }), `not understood at "[?(@.b)]"`],
    ["recursive descent", work({ outputPath: "$..a" }), `not understood at "..a"`],
    ["no path at all", work({ inputPath: "a" }), `a path starts with "$"`],
    [
      "another function",
      work({ parameters: { "a.$": "States.UUID()" } }),
      "no function States.UUID",
    ],
    ["an unclosed call", work({ parameters: { "a.$": "States.Array(1" } }), `lacks "," or ")"`],
    ["a bare text", work({ parameters: { "a.$": "hello" } }), `"hello" is not understood`],
    [
      "a text behind a call",
      work({ parameters: { "a.$": "States.Array() x" } }),
      "expected a path",
    ],
    ["a number under .$", work({ parameters: { b: [{ "a.$": 1 }] } }), `Parameters.b[0]."a.$"`],
    ["a JSONata expression", work({ parameters: { "a.$": "{% $x %}" } }), "not understood"],
    [
      "another context",
      work({ parameters: { "a.$": "$$.Task.Token" } }),
      "not in the context object",
    ],
    ["a write into an array", work({ resultPath: "$.a[0]" }), "cannot be written to"],
    ["a write into the context", work({ resultPath: "$$.Execution.Name" }), "cannot be written to"],
    ["a resource without ARN", work({ resource: "collect" }), `must look like arn:`],
    [
      "no time",
      work({ timeoutSeconds: 0 }),
      "TimeoutSeconds: must be a whole number of at least 1",
    ],
    [
      "half an attempt",
      work({ retry: [{ errorEquals: ["A"], maxAttempts: 0.5 }] }),
      "Retry[0].MaxAttempts",
    ],
    [
      "a shrinking delay",
      work({ retry: [{ errorEquals: ["A"], backoffRate: 0.5 }] }),
      "BackoffRate",
    ],
    ["no error named", work({ retry: [{ errorEquals: [] }] }), "must name at least one"],
    ["ALL in company", work({ retry: [{ errorEquals: ["A", "States.ALL"] }] }), "stands alone"],
    ["a dangling next", work({ next: "Two" }), `state "One": there is no state "Two"`],
    [
      "a dangling catcher",
      work({ catch: [{ errorEquals: ["A"], next: "Two" }] }),
      `no state "Two"`,
    ],
    [
      "a dangling start",
      { startAt: "Zero", states: { One: last } },
      `StartAt: there is no state "Zero"`,
    ],
    [
      "a state never reached",
      { startAt: "One", states: { One: last, Two: last } },
      "nothing leads to Two",
    ],
    ["a loop without end", work({ next: "One" }), "no state ends the workflow"],
    ["no branches", one({ type: "Parallel", branches: [] }), "Branches: there is none"],
    [
      "no choices",
      {
        startAt: "One",
        states: { One: { type: "Choice", choices: [], default: "Two" }, Two: last },
      },
      "Choices: there is none",
    ],
    ["a negative wait", one({ type: "Wait", seconds: -1 }), "Seconds: must be a whole number"],
    [
      "a name used twice",
      one({ type: "Parallel", branches: [{ startAt: "One", states: { One: last } }] }),
      "the name is used twice",
    ],
    [
      "a name too long",
      { startAt: "N".repeat(81), states: { ["N".repeat(81)]: last } },
      "over 80 characters",
    ],
  ])("%s", (_, workflow, message) => {
    expect(() => compileWorkflow(workflow)).toThrow(DefinitionError);
    expect(() => compileWorkflow(workflow)).toThrow(message);
  });
});
