import type { HistoryEvent } from "@aws-sdk/client-sfn";

import type { Happening, Json, WorkflowEvent } from "../../workflow/index.ts";
import { jobFailure, type Why } from "./job-failure.ts";
import { type Frame, Frames, newFrame, previousOf, startRun } from "./history-frames.ts";

/**
 * An execution's history in Step Functions as the events that the local engine tells of the same execution.
 *
 * The same history gives the same events, and a longer one more of them: so whoever looks again goes on behind what is
 * known. An event that cannot be told before the one after it has come (where does the state lead to?) waits for it.
 *
 * Types and fields after the API reference of Step Functions, "HistoryEvent".
 *
 * @param name - the execution's
 */
export function eventsOf(name: string, history: readonly HistoryEvent[]): readonly WorkflowEvent[] {
  const translator = new Translator(name, history);
  for (const event of history) if (!translator.take(event)) break;
  return translator.events;
}

const UNKNOWN: Why = { error: "States.TaskFailed", cause: "" };

class Translator {
  readonly events: WorkflowEvent[] = [];
  readonly #name: string;
  readonly #frames = new Frames();
  /** Event → the one that follows from it. */
  readonly #next = new Map<number, HistoryEvent>();
  /** Where a task failed last: there a redriven execution goes on. */
  #failedLast: Frame | undefined;
  /** A Map does not say why it failed: as what failed in it did. */
  #lastFailure: Why = UNKNOWN;
  #isRedriven = false;

  constructor(name: string, history: readonly HistoryEvent[]) {
    this.#name = name;
    for (const event of history) {
      const previous = previousOf(event);
      if (!this.#next.has(previous)) this.#next.set(previous, event);
    }
  }

  /** @returns whether the event could be told yet */
  take(event: HistoryEvent): boolean {
    const { type = "" } = event;
    const frame = this.#frames.before(event);
    this.#frames.keep(event, frame);
    if (type.endsWith("StateEntered")) this.#entered(event, frame);
    else if (type.endsWith("StateExited")) return this.#exited(event, frame);
    else if (type.startsWith("Execution")) this.#execution(event);
    else if (type.startsWith("MapIteration")) this.#iteration(event, frame);
    else if (type === "TaskScheduled") this.#scheduled(event, frame);
    else if (type === "TaskSucceeded") frame.result = json(event.taskSucceededEventDetails?.output);
    else if (type === "MapStateFailed") this.#failed(event, frame, this.#lastFailure);
    else if (FAILURES.has(type)) this.#failed(event, frame, failureOf(event));
    return true;
  }

  #entered(event: HistoryEvent, frame: Frame): void {
    const { name = "", input } = event.stateEnteredEventDetails ?? {};
    const data = json(input);
    frame.retries = 0;
    this.#tell(event, { type: "StateEntered", ...startRun(frame, name, data), input: data });
  }

  /** A task that failed is scheduled again, without another entry of its state. */
  #scheduled(event: HistoryEvent, frame: Frame): void {
    const { current, failure } = frame;
    if (current === undefined || failure === undefined) return;
    const { run, input } = current;
    if (!this.#isRedriven) {
      const delaySeconds = Math.round((timeOf(event).getTime() - failure.at.getTime()) / 1000);
      const retry = ++frame.retries;
      this.#tell(event, { type: "StateRetried", ...run, retry, delaySeconds });
    } else frame.retries = 0;
    this.#isRedriven = false;
    this.#tell(event, { type: "StateEntered", ...startRun(frame, run.state, input), input });
  }

  #exited(event: HistoryEvent, frame: Frame): boolean {
    const next = this.#next.get(event.id ?? 0);
    const { current, result, failure } = frame;
    if (next === undefined || current === undefined) return false;
    const { run } = current;
    const output = json(event.stateExitedEventDetails?.output);
    const to = next.type?.endsWith("StateEntered")
      ? (next.stateEnteredEventDetails?.name ?? null)
      : null;
    if (failure !== undefined) {
      this.#tell(event, { type: "StateCaught", ...run, next: to ?? "", output });
    } else {
      const given = result === undefined ? {} : { result };
      this.#tell(event, { type: "StateSucceeded", ...run, output, ...given, next: to });
    }
    return true;
  }

  #iteration(event: HistoryEvent, frame: Frame): void {
    const { index = 0 } =
      event.mapIterationStartedEventDetails ??
      event.mapIterationSucceededEventDetails ??
      event.mapIterationFailedEventDetails ??
      {};
    if (event.type === "MapIterationStarted") {
      const { path, state, run } = frame.current!.run;
      this.#tell(event, { type: "MapIterationStarted", path, state, run, index });
      this.#frames.keep(event, newFrame([...path, { state, run, index }], frame));
      return;
    }
    // An iteration that ends belongs to the Map again.
    const outer = frame.around ?? frame;
    this.#frames.keep(event, outer);
    const { path, state, run } = outer.current!.run;
    const place = { path, state, run, index };
    if (event.type === "MapIterationSucceeded") {
      const last = this.events.findLast(
        (told) => told.type === "StateSucceeded" && told.path === frame.path,
      );
      const output = last?.type === "StateSucceeded" ? last.output : null;
      this.#tell(event, { type: "MapIterationSucceeded", ...place, output });
    } else if (event.type === "MapIterationFailed") {
      const { error, cause } = frame.failure ?? UNKNOWN;
      this.#tell(event, { type: "MapIterationFailed", ...place, error, cause });
    }
  }

  #execution(event: HistoryEvent): void {
    const { top } = this.#frames;
    const { type } = event;
    if (type === "ExecutionStarted") {
      const input = json(event.executionStartedEventDetails?.input);
      this.#tell(event, { type, name: this.#name, input });
    } else if (type === "ExecutionSucceeded") {
      const output = json(event.executionSucceededEventDetails?.output);
      this.#tell(event, { type, output });
    } else if (type === "ExecutionFailed" || type === "ExecutionTimedOut") {
      const failure = failureOf(event);
      // A Fail state, or one whose paths lead nowhere, ends the execution without failing first.
      if (top.current !== undefined && top.failure === undefined) this.#failed(event, top, failure);
      const state = top.current?.run.state ?? "";
      this.#tell(event, { type: "ExecutionFailed", state, ...failure });
    } else if (type === "ExecutionAborted") {
      this.#tell(event, { type });
    } else if (type === "ExecutionRedriven") {
      this.#isRedriven = true;
      this.#tell(event, { type });
      this.#frames.keep(event, this.#goesOn());
      return;
    }
    this.#frames.keep(event, top);
  }

  /** The Maps around what failed go on in the run that they were in. */
  #goesOn(): Frame {
    const frame = this.#failedLast ?? this.#frames.top;
    for (let outer = frame.around; outer !== undefined; outer = outer.around) {
      outer.failure = undefined;
    }
    return frame;
  }

  #failed(event: HistoryEvent, frame: Frame, failure: Why): void {
    const { current } = frame;
    if (current === undefined) return;
    const { run } = current;
    frame.failure = { ...failure, at: timeOf(event) };
    this.#lastFailure = failure;
    if (event.type?.startsWith("Task")) this.#failedLast = frame;
    this.#tell(event, { type: "StateFailed", ...run, ...failure });
  }

  #tell(event: HistoryEvent, happening: Happening): void {
    this.events.push({ time: timeOf(event).toISOString(), ...happening });
  }
}

/** Each of them ends a run of the state that it belongs to. */
const FAILURES: ReadonlySet<string> = new Set([
  "TaskFailed",
  "TaskStartFailed",
  "TaskSubmitFailed",
  "TaskTimedOut",
]);

function failureOf(event: HistoryEvent): Why {
  const details =
    event.taskFailedEventDetails ??
    event.taskStartFailedEventDetails ??
    event.taskSubmitFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.executionFailedEventDetails ??
    event.executionTimedOutEventDetails;
  const isTimeout = event.type?.endsWith("TimedOut") === true;
  return jobFailure({
    error: details?.error ?? (isTimeout ? "States.Timeout" : UNKNOWN.error),
    cause: details?.cause ?? "",
  });
}

function timeOf({ timestamp }: HistoryEvent): Date {
  return timestamp ?? new Date(0);
}

function json(text: string | undefined): Json {
  return text === undefined || text === "" ? null : (JSON.parse(text) as Json);
}
