import type { InputOutput, Recovery, Result, Retrier, Workflow } from "../definition.ts";
import { DefinitionError } from "../error.ts";
import type { JsonObject } from "../json.ts";
import {
  checkedPath,
  checkedTarget,
  checkedTemplate,
  checkedWhole,
  given,
  optional,
} from "./check.ts";

/** Compiles the workflows inside a Map or Parallel state. */
export type CompileBody = (place: string, workflow: Workflow) => JsonObject;

/** `Comment`, `InputPath` and `OutputPath`, which every state but Fail may have. */
export function inputOutput(place: string, state: InputOutput): JsonObject {
  return given({
    Comment: state.comment,
    InputPath: optional(state.inputPath, (path) => checkedPath(`${place}.InputPath`, path)),
    OutputPath: optional(state.outputPath, (path) => checkedPath(`${place}.OutputPath`, path)),
  });
}

/** `ResultSelector` and `ResultPath`. */
export function result(place: string, state: Result): JsonObject {
  return given({
    ResultSelector: optional(state.resultSelector, (template) =>
      checkedTemplate(`${place}.ResultSelector`, template),
    ),
    ResultPath: optional(state.resultPath, (path) => checkedTarget(`${place}.ResultPath`, path)),
  });
}

/** `Retry` and `Catch`. */
export function recovery(place: string, state: Recovery): JsonObject {
  return given({
    Retry: state.retry?.map((retrier, i) => compileRetrier(`${place}.Retry[${i}]`, retrier)),
    Catch: state.catch?.map(({ errorEquals, next, resultPath }, i) =>
      given({
        ErrorEquals: checkedErrors(`${place}.Catch[${i}].ErrorEquals`, errorEquals),
        ResultPath: optional(resultPath, (path) =>
          checkedTarget(`${place}.Catch[${i}].ResultPath`, path),
        ),
        Next: next,
      }),
    ),
  });
}

/** Where a state leads: to the next one, or to the end. */
export function transition({ next }: { readonly next?: string }): JsonObject {
  return next === undefined ? { End: true } : { Next: next };
}

function compileRetrier(place: string, retrier: Retrier): JsonObject {
  const { backoffRate } = retrier;
  if (backoffRate !== undefined && !(backoffRate >= 1)) {
    throw new DefinitionError(`${place}.BackoffRate: must be at least 1, got ${backoffRate}`);
  }
  return given({
    ErrorEquals: checkedErrors(`${place}.ErrorEquals`, retrier.errorEquals),
    IntervalSeconds: optional(retrier.intervalSeconds, (seconds) =>
      checkedWhole(`${place}.IntervalSeconds`, seconds, 1),
    ),
    MaxAttempts: optional(retrier.maxAttempts, (count) =>
      checkedWhole(`${place}.MaxAttempts`, count, 0),
    ),
    BackoffRate: backoffRate,
    MaxDelaySeconds: optional(retrier.maxDelaySeconds, (seconds) =>
      checkedWhole(`${place}.MaxDelaySeconds`, seconds, 1),
    ),
  });
}

function checkedErrors(place: string, errors: readonly string[]): readonly string[] {
  if (errors.length === 0) throw new DefinitionError(`${place}: must name at least one error`);
  if (errors.includes("States.ALL") && errors.length > 1) {
    throw new DefinitionError(`${place}: States.ALL stands alone, got ${errors.join(", ")}`);
  }
  return errors;
}
