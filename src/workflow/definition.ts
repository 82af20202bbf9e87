import type { Json, JsonObject } from "./json.ts";

/**
 * A workflow in the subset of the Amazon States Language that this engine runs: JSONPath, inline
 * Map, no wildcards or filters in paths. The words are the language's, in this code's case.
 *
 * A state without `next` ends its workflow. Names of states are unique, nested workflows included.
 * Source: the Amazon States Language specification, https://states-language.net/spec.html
 */
export interface Workflow {
  readonly comment?: string;
  readonly startAt: string;
  readonly states: Readonly<Record<string, State>>;
}

/** One state. The union is closed: a new kind breaks the build wherever it must be handled. */
export type State =
  | TaskState
  | MapState
  | ParallelState
  | ChoiceState
  | WaitState
  | PassState
  | SucceedState
  | FailState;

/** Which part of its input a state sees, and which part of its output it passes on; `null` is `{}`. */
export interface InputOutput {
  readonly comment?: string;
  readonly inputPath?: string | null;
  readonly outputPath?: string | null;
}

/** What becomes of a state's result: shaped by a template, then put into the input at a path. */
export interface Result {
  readonly resultSelector?: JsonObject;
  /** `null` throws the result away. */
  readonly resultPath?: string | null;
}

/** What happens when a state fails. The first retrier, then the first catcher, that names the error counts. */
export interface Recovery {
  readonly retry?: readonly Retrier[];
  readonly catch?: readonly Catcher[];
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  /** Delay before the first retry; 1 by default. */
  readonly intervalSeconds?: number;
  /** Retries at most; 3 by default, 0 for never. */
  readonly maxAttempts?: number;
  /** Each delay is this many times the one before; 2 by default. */
  readonly backoffRate?: number;
  readonly maxDelaySeconds?: number;
}

export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  /** Where `{Error, Cause}` is put into the state's input; by default it replaces it. */
  readonly resultPath?: string | null;
}

/** Work done outside: the resource names the kind of work, the parameters are its request. */
export interface TaskState extends InputOutput, Result, Recovery {
  readonly type: "Task";
  readonly resource: string;
  readonly parameters?: JsonObject;
  readonly timeoutSeconds?: number;
  readonly next?: string;
}

/** Runs one workflow for every item of an array; its result is the array of their outputs. */
export interface MapState extends InputOutput, Result, Recovery {
  readonly type: "Map";
  readonly itemsPath?: string;
  readonly itemSelector?: JsonObject;
  /** Iterations at the same time; 0, the default, is all. */
  readonly maxConcurrency?: number;
  readonly itemProcessor: Workflow;
  readonly next?: string;
}

/** Runs several workflows on the same input; its result is the array of their outputs. */
export interface ParallelState extends InputOutput, Result, Recovery {
  readonly type: "Parallel";
  readonly parameters?: JsonObject;
  readonly branches: readonly Workflow[];
  readonly next?: string;
}

/** Goes where the first matching rule points, else to `default`. */
export interface ChoiceState extends InputOutput {
  readonly type: "Choice";
  readonly choices: readonly ChoiceRule[];
  readonly default?: string;
}
export type ChoiceRule = Condition & { readonly next: string };

export type Condition =
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison;

export type Comparison = { readonly variable: string } & (
  | { readonly operator: StringOperator; readonly value: string }
  | { readonly operator: NumericOperator; readonly value: number }
  | { readonly operator: "BooleanEquals"; readonly value: boolean }
  | { readonly operator: TypeTest; readonly value: boolean }
);
type Order = "Equals" | "LessThan" | "LessThanEquals" | "GreaterThan" | "GreaterThanEquals";
type StringOperator = `String${Order}`;
type NumericOperator = `Numeric${Order}`;
type TypeTest = "IsPresent" | "IsNull" | "IsString" | "IsNumeric" | "IsBoolean";

export interface WaitState extends InputOutput {
  readonly type: "Wait";
  /** A whole number of seconds, or the path of one. */
  readonly seconds: number | { readonly path: string };
  readonly next?: string;
}

/** Gives its result, or its input shaped by `parameters`. */
export interface PassState extends InputOutput {
  readonly type: "Pass";
  readonly parameters?: JsonObject;
  readonly result?: Json;
  readonly resultPath?: string | null;
  readonly next?: string;
}

export interface SucceedState extends InputOutput {
  readonly type: "Succeed";
}

export interface FailState {
  readonly type: "Fail";
  readonly comment?: string;
  readonly error: string;
  /** The reason in words, or the path of a string. */
  readonly cause: string | { readonly path: string };
}
