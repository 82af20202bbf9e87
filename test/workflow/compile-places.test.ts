import { describe, expect, test } from "vitest";

import {
  compileWorkflow,
  DefinitionError,
  type State,
  type Workflow,
} from "../../src/workflow/index.ts";

const resource = "arn:aws:states:::test:work";
const last: State = { type: "Succeed" };
const inner: Workflow = { startAt: "Inner", states: { Inner: last } };
const bad = { "a.$": "hello" };
const errorEquals = ["A"];

/** What is said against a state; `Two` is there for transitions to lead to. */
function refusal(one: State, others: Record<string, State> = {}): string {
  try {
    compileWorkflow({ startAt: "One", states: { One: one, ...others } });
  } catch (error) {
    if (error instanceof DefinitionError) return error.message;
    throw error;
  }
  return "nothing";
}
const task = (fields: object): State => ({ type: "Task", resource, ...fields });
const map = (fields: object): State => ({ type: "Map", itemProcessor: inner, ...fields });
const parallel = (fields: object): State => ({ type: "Parallel", branches: [inner], ...fields });
const pass = (fields: object): State => ({ type: "Pass", ...fields });

describe("every path is checked, and its place named", () => {
  const rule = (condition: object): State => ({
    type: "Choice",
    choices: [
      { variable: "$.x", operator: "IsPresent", value: true, next: "Two" },
      { ...condition, next: "Two" } as never,
    ],
  });
  const wrong = { variable: "x", operator: "IsPresent", value: true };
  const right = { ...wrong, variable: "$.x" };

  test.each<[string, State, Record<string, State>?]>([
    ["InputPath", task({ inputPath: "x" })],
    ["OutputPath", map({ outputPath: "x" })],
    ["InputPath", { type: "Succeed", inputPath: "x" }],
    ["InputPath", { type: "Wait", seconds: 1, inputPath: "x" }],
    ["ItemsPath", map({ itemsPath: "x" })],
    ["SecondsPath", { type: "Wait", seconds: { path: "x" } }],
    ["CausePath", { type: "Fail", error: "E", cause: { path: "x" } }],
    ["ResultPath", task({ resultPath: "x" })],
    ["ResultPath", pass({ resultPath: "x" })],
    [
      "Catch[1].ResultPath",
      task({
        catch: [
          { errorEquals, next: "Two" },
          { errorEquals, next: "Two", resultPath: "x" },
        ],
      }),
      { Two: last },
    ],
    ["Choices[1].Variable", rule(wrong), { Two: last }],
    ["Choices[1].And[1].Variable", rule({ and: [right, wrong] }), { Two: last }],
    ["Choices[1].Or[1].Not.Variable", rule({ or: [right, { not: wrong }] }), { Two: last }],
  ])("%s of %j", (place, state, others) => {
    expect(refusal(state, others)).toBe(
      `state "One".${place}: a path starts with "$" or "$$", got "x"`,
    );
  });

  test.each<[string, State]>([
    ["ResultPath", map({ resultPath: "$.a['b'][0].c" })],
    ["ResultPath", pass({ resultPath: "$.a['b'][0].c" })],
  ])("%s of %j cannot be written to", (place, state) => {
    expect(refusal(state)).toBe(
      `state "One".${place}: "$.a['b'][0].c" cannot be written to; use $, or $.name.name`,
    );
  });
});

describe("every template is checked to its depth, and the place named", () => {
  test.each<[string, State]>([
    ['Parameters."a.$"', task({ parameters: bad })],
    ['ResultSelector."a.$"', task({ resultSelector: bad })],
    ['ItemSelector."a.$"', map({ itemSelector: bad })],
    ['ResultSelector."a.$"', map({ resultSelector: bad })],
    ['Parameters."a.$"', parallel({ parameters: bad })],
    ['Parameters.b[1].c."a.$"', pass({ parameters: { b: [0, { c: bad }] } })],
  ])("%s of %j", (place, state) => {
    expect(refusal(state)).toBe(`state "One".${place}: "hello" is not understood at "hello"`);
  });

  test.each([1, null, { "b.$": "$.b" }])("%j is neither a path nor a call", (value) => {
    expect(refusal(pass({ parameters: { "a.$": value } }))).toBe(
      `state "One".Parameters."a.$": must be a path or a call, got ${JSON.stringify(value)}`,
    );
  });

  test("a result is not a template", () => {
    expect(refusal(pass({ result: bad }))).toBe("nothing");
  });
});

describe("every number has its least value", () => {
  const retry = (fields: object): State =>
    task({ retry: [{ errorEquals }, { errorEquals, ...fields }] });
  test.each<[string, (value: number) => State, number]>([
    ["TimeoutSeconds", (timeoutSeconds) => task({ timeoutSeconds }), 1],
    ["Seconds", (seconds) => ({ type: "Wait", seconds }), 0],
    ["MaxConcurrency", (maxConcurrency) => map({ maxConcurrency }), 0],
    ["Retry[1].IntervalSeconds", (intervalSeconds) => retry({ intervalSeconds }), 1],
    ["Retry[1].MaxAttempts", (maxAttempts) => retry({ maxAttempts }), 0],
    ["Retry[1].MaxDelaySeconds", (maxDelaySeconds) => retry({ maxDelaySeconds }), 1],
  ])("%s", (place, state, least) => {
    expect(refusal(state(least))).toBe("nothing");
    for (const value of [least - 1, least + 0.5, NaN, Infinity]) {
      expect(refusal(state(value))).toBe(
        `state "One".${place}: must be a whole number of at least ${least}, got ${value}`,
      );
    }
  });

  test("BackoffRate", () => {
    expect(refusal(retry({ backoffRate: 1 }))).toBe("nothing");
    expect(refusal(retry({ backoffRate: 1.25 }))).toBe("nothing");
    for (const value of [0.99, NaN]) {
      const says = `state "One".Retry[1].BackoffRate: must be at least 1, got ${value}`;
      expect(refusal(retry({ backoffRate: value }))).toBe(says);
    }
  });
});

test.each<[string, State]>([
  ["Retry[0].ErrorEquals", task({ retry: [{ errorEquals: [] }], next: "Two" })],
  ["Catch[0].ErrorEquals", map({ catch: [{ errorEquals: [], next: "Two" }] })],
])("%s must name an error", (place, state) => {
  expect(refusal(state, { Two: last })).toBe(`state "One".${place}: must name at least one error`);
});

test("States.ALL stands alone, also in a catcher", () => {
  const state = parallel({ catch: [{ errorEquals: ["A", "States.ALL"], next: "Two" }] });
  expect(refusal(state, { Two: last })).toBe(
    'state "One".Catch[0].ErrorEquals: States.ALL stands alone, got A, States.ALL',
  );
});

test.each([
  "arn:aws:states",
  "arn:aws:states:::",
  "arn:::::x",
  "urn:aws:states:::x",
  "an arn:aws:states:::x",
])("%s is no resource", (name) => {
  const says = `state "One".Resource: must look like arn:aws:states:::service:action.sync, got "${name}"`;
  expect(refusal(task({ resource: name }))).toBe(says);
});

describe("transitions", () => {
  test.each<[string, State]>([
    [
      "Choice",
      {
        type: "Choice",
        choices: [{ variable: "$.x", operator: "IsNull", value: true, next: "toString" }],
      },
    ],
    [
      "Choice by default",
      {
        type: "Choice",
        choices: [{ variable: "$.x", operator: "IsNull", value: true, next: "One" }],
        default: "toString",
      },
    ],
    ["Map", map({ next: "toString" })],
    ["Parallel", parallel({ catch: [{ errorEquals, next: "toString" }] })],
    ["Wait", { type: "Wait", seconds: 1, next: "toString" }],
    ["Pass", pass({ next: "toString" })],
  ])("of a %s lead to states of the same workflow", (_, state) => {
    expect(refusal(state)).toBe('state "One": there is no state "toString"; there are One');
  });

  test("into or out of a nested workflow are refused, and the place named", () => {
    expect(refusal(pass({ next: "Inner" }), { Each: map({}) })).toBe(
      'state "One": there is no state "Inner"; there are One, Each',
    );
    const body = (states: Record<string, State>): Workflow => ({ startAt: "Body", states });
    expect(refusal(map({ itemProcessor: body({ Body: pass({ next: "One" }) }) }))).toBe(
      'state "Body": there is no state "One"; there are Body',
    );
    expect(refusal(map({ itemProcessor: body({}) }))).toBe(
      'state "One".ItemProcessor.StartAt: there is no state "Body"; there are ',
    );
    expect(refusal(parallel({ branches: [inner, body({ Body: last, A: last, B: last })] }))).toBe(
      'state "One".Branches[1].States: nothing leads to A, B',
    );
    expect(refusal(map({ itemProcessor: body({ Body: pass({ next: "Body" }) }) }))).toBe(
      'state "One".ItemProcessor.States: no state ends the workflow',
    );
  });

  test("at the top the place is the field alone", () => {
    expect(() => compileWorkflow({ startAt: "A", states: { B: last } })).toThrow(
      /^StartAt: there is no state "A"; there are B$/,
    );
    expect(refusal(last, { Two: last })).toBe("States: nothing leads to Two");
  });

  test("Choices that only lead to each other never end", () => {
    const to = (next: string): State => ({
      type: "Choice",
      choices: [{ variable: "$.x", operator: "IsNull", value: true, next }],
    });
    expect(refusal(to("Two"), { Two: to("One") })).toBe("States: no state ends the workflow");
  });
});

test("a name is used once in all nested workflows, and its problem names it", () => {
  expect(refusal(map({ next: "Inner" }), { Inner: last })).toBe(
    'state "Inner": the name is used twice',
  );
  const long = "N".repeat(81);
  expect(refusal(pass({ next: long }), { [long]: last })).toBe(
    `state "${long}": over 80 characters`,
  );
});

test("no branches and no choices are refused by their place", () => {
  expect(refusal(parallel({ branches: [] }))).toBe('state "One".Branches: there is none');
  expect(refusal({ type: "Choice", choices: [], default: "Two" }, { Two: last })).toBe(
    'state "One".Choices: there is none',
  );
});
