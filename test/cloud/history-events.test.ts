import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";

import { eventsOf } from "../../src/cloud/executions/history-events.ts";
import type { WorkflowEvent } from "../../src/workflow/index.ts";

/** Events as the API reference of Step Functions describes them: numbered from 1, a second apart, each after the one before. */
function history(...events: readonly Partial<HistoryEvent>[]): readonly HistoryEvent[] {
  return events.map((event, i) => ({
    id: i + 1,
    previousEventId: i,
    timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, i)),
    type: undefined,
    ...event,
  }));
}

const started: Partial<HistoryEvent> = {
  type: "ExecutionStarted",
  executionStartedEventDetails: { input: "{}" },
};
const entered = (
  name: string,
  type: HistoryEvent["type"] = "TaskStateEntered",
): Partial<HistoryEvent> => ({ type, stateEnteredEventDetails: { name, input: '{"a":1}' } });
const exited = (
  name: string,
  type: HistoryEvent["type"] = "TaskStateExited",
): Partial<HistoryEvent> => ({ type, stateExitedEventDetails: { name, output: '{"b":2}' } });
const submitted: Partial<HistoryEvent> = { type: "TaskSubmitted" };
const scheduled: Partial<HistoryEvent> = { type: "TaskScheduled" };
const done: Partial<HistoryEvent> = {
  type: "TaskSucceeded",
  taskSucceededEventDetails: { resourceType: "sagemaker", resource: "r", output: '{"c":3}' },
};
const failed = (error = "States.TaskFailed", cause = "why"): Partial<HistoryEvent> => ({
  type: "TaskFailed",
  taskFailedEventDetails: { resourceType: "sagemaker", resource: "r", error, cause },
});
const failedExecution: Partial<HistoryEvent> = {
  type: "ExecutionFailed",
  executionFailedEventDetails: { error: "States.TaskFailed", cause: "why" },
};
const iteration = (
  kind: "Started" | "Succeeded" | "Failed",
  index: number,
): Partial<HistoryEvent> => ({
  type: `MapIteration${kind}` as const,
  [`mapIteration${kind}EventDetails`]: { name: "M", index },
});

/** A short word for each event. */
function words(events: readonly WorkflowEvent[]): string[] {
  return events.map((event) => {
    if (!("state" in event) || event.type === "ExecutionFailed") return event.type;
    const { path, state, run } = event;
    const place = [...path.map(({ state: at, index }) => `${at}[${index}]`), state].join("/");
    const next = "next" in event ? ` → ${event.next ?? "end"}` : "";
    const index = "index" in event ? ` ${event.index}` : "";
    return `${event.type} ${place} ${run}${index}${next}`;
  });
}

describe("A30 an execution's history in Step Functions as the local engine's events", () => {
  test("a task is entered, gives a result, and leads on", () => {
    const events = eventsOf(
      "one",
      history(
        ...[started, entered("A"), scheduled, submitted, done, exited("A")],
        ...[entered("End", "SucceedStateEntered"), exited("End", "SucceedStateExited")],
        { type: "ExecutionSucceeded", executionSucceededEventDetails: { output: '{"b":2}' } },
      ),
    );
    expect(events).toEqual([
      { type: "ExecutionStarted", time: "2026-01-01T00:00:00.000Z", name: "one", input: {} },
      {
        ...{ type: "StateEntered", time: "2026-01-01T00:00:01.000Z" },
        ...{ path: [], state: "A", run: 1, input: { a: 1 } },
      },
      {
        ...{ type: "StateSucceeded", time: "2026-01-01T00:00:05.000Z" },
        ...{ path: [], state: "A", run: 1, output: { b: 2 }, result: { c: 3 }, next: "End" },
      },
      {
        ...{ type: "StateEntered", time: "2026-01-01T00:00:06.000Z" },
        ...{ path: [], state: "End", run: 1, input: { a: 1 } },
      },
      {
        ...{ type: "StateSucceeded", time: "2026-01-01T00:00:07.000Z" },
        ...{ path: [], state: "End", run: 1, output: { b: 2 }, next: null },
      },
      { type: "ExecutionSucceeded", time: "2026-01-01T00:00:08.000Z", output: { b: 2 } },
    ]);
  });

  test("where a state leads is not told before it is known, and what was told stays as it is", () => {
    const all = history(
      ...[started, entered("C", "ChoiceStateEntered"), exited("C", "ChoiceStateExited")],
      ...[entered("B"), scheduled, done, exited("B")],
      { type: "ExecutionSucceeded", executionSucceededEventDetails: { output: "{}" } },
    );
    const whole = eventsOf("one", all);
    for (let length = 0; length <= all.length; length++) {
      const soFar = eventsOf("one", all.slice(0, length));
      expect(soFar).toEqual(whole.slice(0, soFar.length));
    }
    expect(words(eventsOf("one", all.slice(0, 3)))).toEqual([
      "ExecutionStarted",
      "StateEntered C 1",
    ]);
    expect(words(eventsOf("one", all.slice(0, 4)))).toContain("StateSucceeded C 1 → B");
  });

  test("a retry is another run of the state, after the seconds that were waited", () => {
    const events = eventsOf(
      "one",
      history(started, entered("A"), scheduled, failed(), scheduled, failed(), scheduled, done),
    );
    expect(words(events)).toEqual([
      "ExecutionStarted",
      "StateEntered A 1",
      "StateFailed A 1",
      "StateRetried A 1",
      "StateEntered A 2",
      "StateFailed A 2",
      "StateRetried A 2",
      "StateEntered A 3",
    ]);
    expect(events.filter(({ type }) => type === "StateRetried")).toMatchObject([
      { retry: 1, delaySeconds: 1 },
      { retry: 2, delaySeconds: 1 },
    ]);
  });

  test("a failure for good ends the state and the execution; a caught one leads on", () => {
    const out = history(started, entered("A"), scheduled, failed(), failedExecution);
    expect(eventsOf("one", out).slice(2)).toMatchObject([
      { type: "StateFailed", state: "A", error: "States.TaskFailed", cause: "why" },
      { type: "ExecutionFailed", state: "A", error: "States.TaskFailed", cause: "why" },
    ]);
    const caught = history(started, entered("A"), scheduled, failed(), exited("A"), entered("B"));
    expect(words(eventsOf("one", caught)).slice(2)).toEqual([
      "StateFailed A 1",
      "StateCaught A 1 → B",
      "StateEntered B 1",
    ]);
  });

  test("a Fail state has failed, though Step Functions only ends the execution", () => {
    const events = history(started, entered("No", "FailStateEntered"), {
      type: "ExecutionFailed",
      executionFailedEventDetails: { error: "ModelRejected", cause: "weak" },
    });
    expect(eventsOf("one", events).slice(2)).toMatchObject([
      { type: "StateFailed", state: "No", error: "ModelRejected", cause: "weak" },
      { type: "ExecutionFailed", state: "No", error: "ModelRejected", cause: "weak" },
    ]);
  });

  test("iterations that run at the same time are told apart by what each event follows from", () => {
    const at = (id: number, previousEventId: number, event: Partial<HistoryEvent>) => ({
      ...event,
      ...{ id, previousEventId },
    });
    const events = history(
      started,
      entered("M", "MapStateEntered"),
      { type: "MapStateStarted", mapStateStartedEventDetails: { length: 2 } },
      at(4, 3, iteration("Started", 0)),
      at(5, 3, iteration("Started", 1)),
      at(6, 5, entered("X")),
      at(7, 4, entered("X")),
      at(8, 6, exited("X")),
      at(9, 8, iteration("Succeeded", 1)),
      at(10, 7, exited("X")),
      at(11, 10, iteration("Succeeded", 0)),
      at(12, 11, { type: "MapStateSucceeded" }),
      at(13, 12, exited("M", "MapStateExited")),
      at(14, 13, { type: "ExecutionSucceeded" }),
    );
    expect(words(eventsOf("one", events))).toEqual([
      "ExecutionStarted",
      "StateEntered M 1",
      "MapIterationStarted M 1 0",
      "MapIterationStarted M 1 1",
      "StateEntered M[1]/X 1",
      "StateEntered M[0]/X 1",
      "StateSucceeded M[1]/X 1 → end",
      "MapIterationSucceeded M 1 1",
      "StateSucceeded M[0]/X 1 → end",
      "MapIterationSucceeded M 1 0",
      "StateSucceeded M 1 → end",
      "ExecutionSucceeded",
    ]);
  });

  test("a redriven execution goes on in the task that failed, within the Map that it was in", () => {
    const events = history(
      ...[started, entered("M", "MapStateEntered"), { type: "MapStateStarted" } as const],
      ...[iteration("Started", 0), entered("X"), scheduled, failed()],
      ...[iteration("Failed", 0), { type: "MapStateFailed" } as const, failedExecution],
      ...[{ type: "ExecutionRedriven" } as const, scheduled, done, exited("X")],
      ...[iteration("Succeeded", 0), { type: "MapStateSucceeded" } as const],
      ...[exited("M", "MapStateExited"), { type: "ExecutionSucceeded" } as const],
    );
    expect(words(eventsOf("one", events)).slice(4)).toEqual([
      "StateFailed M[0]/X 1",
      "MapIterationFailed M 1 0",
      "StateFailed M 1",
      "ExecutionFailed",
      "ExecutionRedriven",
      "StateEntered M[0]/X 2",
      "StateSucceeded M[0]/X 2 → end",
      "MapIterationSucceeded M 1 0",
      "StateSucceeded M 1 → end",
      "ExecutionSucceeded",
    ]);
  });

  test.each([
    [
      { ProcessingJobName: "j", ExitMessage: "the file is empty", FailureReason: "exit code: 2" },
      { error: "RecSys.BadData", cause: "the file is empty" },
    ],
    [
      { TrainingJobName: "j", FailureReason: "AlgorithmError: out of memory, exit code: 1" },
      { error: "States.TaskFailed", cause: "out of memory" },
    ],
    [
      { TrainingJobName: "j", FailureReason: "CapacityError: no ml.m5.large" },
      { error: "States.TaskFailed", cause: "CapacityError: no ml.m5.large" },
    ],
  ])("a job's failure is told in the job's words: %j", (description, why) => {
    const events = history(
      ...[started, entered("A"), scheduled, failed(undefined, JSON.stringify(description))],
    );
    expect(eventsOf("one", events).at(-1)).toMatchObject({ type: "StateFailed", ...why });
  });
});
