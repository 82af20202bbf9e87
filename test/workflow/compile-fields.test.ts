import { expect, test } from "vitest";

import { compileWorkflow, type JsonObject, type State } from "../../src/workflow/index.ts";

const inner = {
  comment: "inside",
  startAt: "Inner",
  states: { Inner: { type: "Succeed" } },
} as const;
const Inner = { Comment: "inside", StartAt: "Inner", States: { Inner: { Type: "Succeed" } } };
const seen = { comment: "why", inputPath: "$.in", outputPath: "$.out" };
const Seen = { Comment: "why", InputPath: "$.in", OutputPath: "$.out" };
const shaped = { resultSelector: { "a.$": "$.a" }, resultPath: "$.to.here" };
const Shaped = { ResultSelector: { "a.$": "$.a" }, ResultPath: "$.to.here" };
const recovered = {
  retry: [{ errorEquals: ["A", "B"], intervalSeconds: 1, backoffRate: 1, maxDelaySeconds: 1 }],
  catch: [{ errorEquals: ["A"], next: "Last", resultPath: "$.error" }],
};
const Recovered = {
  Retry: [{ ErrorEquals: ["A", "B"], IntervalSeconds: 1, BackoffRate: 1, MaxDelaySeconds: 1 }],
  Catch: [{ ErrorEquals: ["A"], ResultPath: "$.error", Next: "Last" }],
};

/** Every kind of state with every field it may have, and the same in the States Language. */
test.each<[State, JsonObject]>([
  [
    {
      type: "Task",
      resource: "arn:aws-cn:lambda:cn-north-1:123456789012:function:work",
      parameters: { "a.$": "$.a" },
      timeoutSeconds: 1,
      next: "Last",
      ...seen,
      ...shaped,
      ...recovered,
    },
    {
      Type: "Task",
      Resource: "arn:aws-cn:lambda:cn-north-1:123456789012:function:work",
      Parameters: { "a.$": "$.a" },
      TimeoutSeconds: 1,
      Next: "Last",
      ...Seen,
      ...Shaped,
      ...Recovered,
    },
  ],
  [
    {
      type: "Map",
      itemsPath: "$.list",
      itemSelector: { "a.$": "$$.Map.Item.Value" },
      maxConcurrency: 0,
      itemProcessor: inner,
      next: "Last",
      ...seen,
      ...shaped,
      ...recovered,
    },
    {
      Type: "Map",
      ItemsPath: "$.list",
      ItemSelector: { "a.$": "$$.Map.Item.Value" },
      MaxConcurrency: 0,
      ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...Inner },
      Next: "Last",
      ...Seen,
      ...Shaped,
      ...Recovered,
    },
  ],
  [
    {
      type: "Parallel",
      parameters: { "a.$": "$.a" },
      branches: [inner],
      next: "Last",
      ...seen,
      ...shaped,
      ...recovered,
    },
    {
      Type: "Parallel",
      Parameters: { "a.$": "$.a" },
      Branches: [Inner],
      Next: "Last",
      ...Seen,
      ...Shaped,
      ...Recovered,
    },
  ],
  [
    {
      type: "Choice",
      choices: [{ variable: "$.a", operator: "IsNull", value: false, next: "Last" }],
      ...seen,
    },
    { Type: "Choice", Choices: [{ Variable: "$.a", IsNull: false, Next: "Last" }], ...Seen },
  ],
  [
    { type: "Wait", seconds: 0, next: "Last", ...seen },
    { Type: "Wait", Seconds: 0, Next: "Last", ...Seen },
  ],
  [
    {
      type: "Pass",
      parameters: { "a.$": "$.a" },
      result: { "kept.$": 1 },
      resultPath: "$.to",
      next: "Last",
      ...seen,
    },
    {
      Type: "Pass",
      Parameters: { "a.$": "$.a" },
      Result: { "kept.$": 1 },
      ResultPath: "$.to",
      Next: "Last",
      ...Seen,
    },
  ],
])("a $type state with every field", (state, expected) => {
  const compiled = compileWorkflow({
    startAt: "One",
    states: { One: state, Last: { type: "Succeed" } },
  });
  expect(compiled).toEqual({
    StartAt: "One",
    States: { One: expected, Last: { Type: "Succeed" } },
  });
});

test.each<[State, JsonObject]>([
  [
    { type: "Succeed", ...seen },
    { Type: "Succeed", ...Seen },
  ],
  [
    { type: "Fail", comment: "why", error: "E", cause: "it must be so" },
    { Type: "Fail", Comment: "why", Error: "E", Cause: "it must be so" },
  ],
  [
    { type: "Wait", seconds: { path: "$.n" } },
    { Type: "Wait", SecondsPath: "$.n", End: true },
  ],
  [
    { type: "Pass", inputPath: null, outputPath: null, resultPath: null },
    { Type: "Pass", InputPath: null, OutputPath: null, ResultPath: null, End: true },
  ],
  [{ type: "Pass" }, { Type: "Pass", End: true }],
])("%j ends the workflow", (state, expected) => {
  const compiled = compileWorkflow({ startAt: "One", states: { One: state } });
  expect(compiled).toEqual({ StartAt: "One", States: { One: expected } });
});

test("a name of 80 characters is not too long", () => {
  const name = "N".repeat(80);
  const workflow = { startAt: name, states: { [name]: { type: "Succeed" } } } as const;
  expect(Object.keys(compileWorkflow(workflow)["States"] as JsonObject)).toEqual([name]);
});

test.each<[string, Record<string, State>]>([
  [
    "a loop that a rule leaves",
    {
      Work: { type: "Pass", next: "Enough" },
      Enough: {
        type: "Choice",
        choices: [{ variable: "$.n", operator: "NumericLessThan", value: 3, next: "Work" }],
        default: "Done",
      },
      Done: { type: "Pass" },
    },
  ],
  [
    "a loop that only a catcher leaves",
    {
      Work: {
        type: "Task",
        resource: "arn:aws:states:::test:work",
        catch: [{ errorEquals: ["States.ALL"], next: "Failed" }],
        next: "Work",
      },
      Failed: { type: "Fail", error: "E", cause: "" },
    },
  ],
])("%s is a workflow", (_, states) => {
  const compiled = compileWorkflow({ startAt: "Work", states });
  expect(Object.keys(compiled["States"] as JsonObject)).toEqual(Object.keys(states));
});
