import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  decodeJournal,
  encodeEvent,
  type Json,
  runWorkflow,
  type TaskCall,
  type Workflow,
  type WorkflowEvent,
  WorkflowError,
} from "../../src/workflow/index.ts";
import { fakeClock } from "./fake-clock.ts";
import { generate, GeneratedWork, INPUT } from "./generated.ts";
import { memoryJournal } from "./memory-journal.ts";

const resource = "arn:aws:states:::test:work";

/** The tasks that had finished when the journal was cut, as `state at iteration`. */
function finishedTasks(events: readonly WorkflowEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type !== "StateSucceeded" || event.result === undefined) return [];
    const { all } = (event.output as Record<string, { all: [number, string] }>)[event.state]!;
    return [`${event.state} at ${all[1]}`];
  });
}

/** How often each task had failed by then. */
function failedTries(
  events: readonly WorkflowEvent[],
  inputs: Map<string, string>,
): Map<string, number> {
  const tries = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "StateFailed") continue;
    const at = inputs.get(JSON.stringify([event.path, event.state, event.run]))!;
    const key = `${event.state} at ${at}`;
    tries.set(key, (tries.get(key) ?? 0) + 1);
  }
  return tries;
}

test("cut after any event and run again: same end, and what had finished is not run again", async () => {
  let cuts = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const generated = generate(draw);
      const execute = (earlier: readonly WorkflowEvent[], work: GeneratedWork) => {
        const journal = memoryJournal(earlier);
        const outcome = runWorkflow(generated.workflow, INPUT, {
          name: "cut",
          runTask: work.run,
          journal,
          clock: fakeClock(),
        });
        return { journal, outcome };
      };
      const whole = execute([], new GeneratedWork(generated));
      const expected = await whole.outcome;
      const inputs = new Map(
        whole.journal.events.flatMap((event) =>
          event.type === "StateEntered"
            ? [
                [
                  JSON.stringify([event.path, event.state, event.run]),
                  (event.input as { at: string }).at,
                ] as const,
              ]
            : [],
        ),
      );
      for (let length = 0; length <= whole.journal.events.length; length++) {
        const earlier = whole.journal.events.slice(0, length);
        const work = new GeneratedWork(generated, failedTries(earlier, inputs));
        const resumed = execute(earlier, work);
        expect(await resumed.outcome, `cut after ${length} events`).toEqual(expected);
        const finished = finishedTasks(earlier);
        expect(work.started.filter((task) => finished.includes(task))).toEqual([]);
        cuts++;
      }
    }),
    { numRuns: 60 },
  );
  expect(cuts).toBeGreaterThan(500);
});

describe("a resumed execution", () => {
  const twoSteps: Workflow = {
    startAt: "First",
    states: {
      First: { type: "Task", resource, next: "Second" },
      Second: {
        type: "Task",
        resource,
        retry: [{ errorEquals: ["Busy"], maxAttempts: 2, intervalSeconds: 60 }],
      },
    },
  };
  const at = (seconds: number): string =>
    new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
  const entered = (state: string, run: number, seconds: number): WorkflowEvent => ({
    type: "StateEntered",
    time: at(seconds),
    path: [],
    state,
    run,
    input: 1,
  });
  const failed = (state: string, run: number, seconds: number): WorkflowEvent => ({
    type: "StateFailed",
    time: at(seconds),
    path: [],
    state,
    run,
    error: "Busy",
    cause: "",
  });
  const before: readonly WorkflowEvent[] = [
    { type: "ExecutionStarted", time: at(0), name: "first-name", input: 1 },
    entered("First", 1, 0),
    {
      type: "StateSucceeded",
      time: at(1),
      path: [],
      state: "First",
      run: 1,
      output: 1,
      result: 1,
      next: "Second",
    },
    entered("Second", 1, 1),
    failed("Second", 1, 2),
  ];

  test("waits only the rest of a retry's delay, and counts on where it was", async () => {
    const clock = fakeClock(Date.parse(at(32)));
    const calls: TaskCall[] = [];
    const outcome = await runWorkflow(twoSteps, "ignored: the journal knows", {
      name: "ignored",
      journal: memoryJournal(before),
      clock,
      runTask: (task) => {
        calls.push(task);
        return Promise.reject(new WorkflowError("Busy", "still"));
      },
    });
    expect(outcome).toMatchObject({ status: "failed", state: "Second", error: "Busy" });
    expect(clock.slept).toEqual([30_000, 120_000]);
    expect(calls.map(({ state, run, retry }) => [state, run, retry])).toEqual([
      ["Second", 2, 1],
      ["Second", 3, 2],
    ]);
  });

  test("keeps its name, input and start time, and says that it was resumed", async () => {
    const journal = memoryJournal(before.slice(0, 1));
    const workflow: Workflow = {
      startAt: "Show",
      states: {
        Show: {
          type: "Pass",
          parameters: {
            "name.$": "$$.Execution.Name",
            "input.$": "$",
            "start.$": "$$.Execution.StartTime",
          },
        },
      },
    };
    const outcome = await runWorkflow(workflow, 2, {
      name: "second-name",
      journal,
      runTask: () => Promise.resolve(null),
    });
    expect(outcome).toEqual({
      status: "succeeded",
      output: { name: "first-name", input: 1, start: at(0) },
    });
    expect(journal.events[1]).toMatchObject({ type: "ExecutionResumed" });
  });

  test("an ended journal gives its end and runs nothing", async () => {
    const end: WorkflowEvent = {
      type: "ExecutionFailed",
      time: at(9),
      state: "Second",
      error: "Busy",
      cause: "still",
    };
    const journal = memoryJournal([...before, end]);
    const outcome = await runWorkflow(twoSteps, 1, {
      name: "x",
      journal,
      runTask: () => Promise.reject(new Error("must not run")),
    });
    expect(outcome).toEqual({ status: "failed", state: "Second", error: "Busy", cause: "still" });
    expect(journal.events).toHaveLength(before.length + 1);
  });

  test("a last line that was torn by the crash is dropped", () => {
    const text = before.map(encodeEvent).join("");
    expect(decodeJournal(text)).toEqual(before);
    expect(decodeJournal(text.slice(0, -10))).toEqual(before.slice(0, -1));
    expect(decodeJournal("")).toEqual([]);
  });

  test("events are kept before what they tell of is acted upon", async () => {
    const journal = memoryJournal();
    const seen: Json[] = [];
    await runWorkflow(twoSteps, 1, {
      name: "x",
      journal,
      runTask: () => {
        seen.push(journal.events.map(({ type }) => type));
        return Promise.resolve(1);
      },
    });
    expect(seen).toEqual([
      ["ExecutionStarted", "StateEntered"],
      ["ExecutionStarted", "StateEntered", "StateSucceeded", "StateEntered"],
    ]);
  });
});

describe("an aborted execution", () => {
  test("tells the task, waits for it, and ends its journal with ExecutionAborted", async () => {
    const stop = new AbortController();
    const journal = memoryJournal();
    let settled = false;
    const outcome = await runWorkflow(
      {
        startAt: "Work",
        states: { Work: { type: "Task", resource, retry: [{ errorEquals: ["States.ALL"] }] } },
      },
      1,
      {
        name: "x",
        journal,
        signal: stop.signal,
        runTask: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener("abort", () => {
              setTimeout(() => {
                settled = true;
                reject(new Error("stopped"));
              }, 20);
            });
            stop.abort();
          }),
      },
    );
    expect(settled).toBe(true);
    expect(outcome).toEqual({ status: "aborted" });
    expect(journal.events.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "StateEntered",
      "ExecutionAborted",
    ]);
  });
});
