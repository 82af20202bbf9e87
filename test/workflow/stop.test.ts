import { describe, expect, test } from "vitest";

import {
  type Journal,
  type Json,
  type Outcome,
  runWorkflow,
  type State,
  type TaskCall,
  WorkflowError,
  type WorkflowEvent,
} from "../../src/workflow/index.ts";
import { fakeClock } from "./fake-clock.ts";
import { memoryJournal } from "./memory-journal.ts";
import { echo, runStates, succeeded } from "./run-states.ts";

const inner = { startAt: "One", states: { One: echo } };

/** Runs a workflow until the clock sleeps or a task starts for the `th` time, and stops it then. */
async function stopped(
  states: Record<string, State>,
  input: Json,
  th: number,
): Promise<{ outcome: Outcome; types: readonly string[]; calls: number }> {
  const stop = new AbortController();
  const journal = memoryJournal();
  const clock = fakeClock();
  let calls = 0;
  const count = (): void => {
    if (++calls === th) stop.abort(new Error("stopped by the user"));
  };
  const outcome = await runWorkflow({ startAt: Object.keys(states)[0]!, states }, input, {
    name: "x",
    journal,
    signal: stop.signal,
    clock: {
      now: () => clock.now(),
      sleep: async (milliseconds, signal) => {
        count();
        await clock.sleep(milliseconds, signal);
      },
    },
    runTask: () => {
      count();
      return Promise.reject(new WorkflowError("Busy", "try again"));
    },
  });
  return { outcome, types: journal.events.map(({ type }) => type), calls };
}

describe("an execution that is stopped", () => {
  const cleanUp: State = { type: "Pass" };
  const recover = {
    retry: [{ errorEquals: ["States.ALL"] }],
    catch: [{ errorEquals: ["States.ALL"], next: "CleanUp" }],
  };

  test.each<[string, Record<string, State>, Json, number, readonly string[]]>([
    ["in a Wait", { Pause: { type: "Wait", seconds: 5 } }, 1, 1, ["StateEntered"]],
    [
      "in a task, whose error then counts for nothing",
      { Work: { ...echo, ...recover }, CleanUp: cleanUp },
      1,
      1,
      ["StateEntered"],
    ],
    [
      "while it waits for a retry",
      { Work: { ...echo, ...recover }, CleanUp: cleanUp },
      1,
      2,
      ["StateEntered", "StateFailed", "StateRetried"],
    ],
    [
      "in a Map's iteration, which is no failure of the Map",
      {
        All: { type: "Map", itemProcessor: inner, maxConcurrency: 1, ...recover },
        CleanUp: cleanUp,
      },
      [1, 2],
      1,
      ["StateEntered", "MapIterationStarted", "StateEntered"],
    ],
  ])(
    "%s, ends with ExecutionAborted and runs nothing more",
    async (_, states, input, th, between) => {
      const { outcome, types, calls } = await stopped(states, input, th);
      expect(outcome).toEqual({ status: "aborted" });
      expect(types).toEqual(["ExecutionStarted", ...between, "ExecutionAborted"]);
      expect(calls).toBe(th);
    },
  );

  test("before it starts runs nothing", async () => {
    const journal = memoryJournal();
    const outcome = await runWorkflow({ startAt: "One", states: { One: echo } }, 1, {
      name: "x",
      journal,
      signal: AbortSignal.abort(),
      runTask: () => Promise.reject(new Error("must not run")),
    });
    expect(outcome).toEqual({ status: "aborted" });
    expect(journal.events.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "ExecutionAborted",
    ]);
  });
});

describe("a Map that fails", () => {
  test("starts no further iteration, and keeps the failure that came first", async () => {
    const seen: Json[] = [];
    const { outcome } = await runStates(
      { All: { type: "Map", itemProcessor: inner, maxConcurrency: 2 } },
      [0, 1, 2, 3],
      async ({ parameters, signal }) => {
        seen.push(parameters);
        if (parameters === 1) throw new WorkflowError("First", "item 1");
        await new Promise((resolve) => {
          signal.addEventListener("abort", resolve);
        });
        throw new WorkflowError("Second", "item 0");
      },
    );
    expect(outcome).toEqual({ status: "failed", state: "All", error: "First", cause: "item 1" });
    expect(seen).toEqual([0, 1]);
  });
});

test("a journal that cannot be written ends the run with its error: nothing goes on unrecorded", async () => {
  const kept = memoryJournal();
  const journal: Journal = {
    readAll: () => kept.readAll(),
    append: (event) =>
      event.type === "StateSucceeded" ? Promise.reject(new Error("disk full")) : kept.append(event),
  };
  const retry = [{ errorEquals: ["States.ALL"] }];
  const run = runWorkflow({ startAt: "Work", states: { Work: { ...echo, retry } } }, 1, {
    name: "x",
    journal,
    clock: fakeClock(),
    runTask: () => Promise.resolve(1),
  });
  await expect(run).rejects.toThrow("disk full");
  expect(kept.events.map(({ type }) => type)).toEqual(["ExecutionStarted", "StateEntered"]);
});

describe("a task's time", () => {
  /** Runs one task on the real clock. */
  const timed = (timeoutSeconds: number, runTask: (task: TaskCall) => Promise<Json>) =>
    runWorkflow({ startAt: "Work", states: { Work: { ...echo, timeoutSeconds } } }, 1, {
      name: "x",
      journal: memoryJournal(),
      runTask,
    });
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;

  test("is not up for one that ends before, and its timer is gone", async () => {
    const before = timers();
    for (let n = 0; n < 9; n++) {
      expect(await timed(3600, () => Promise.resolve("done"))).toEqual(succeeded("done"));
    }
    expect(timers()).toBeLessThan(before + 5); // the test runner has timers of its own
  });

  test("is no reason for the failure of one that fails before", async () => {
    const outcome = await timed(3600, () => Promise.reject(new RangeError("too big")));
    expect(outcome).toMatchObject({ error: "RangeError", cause: "too big" });
  });

  test("is up for one that goes on and even gives a result after it", async () => {
    let reason: unknown;
    const outcome = await timed(1, async ({ signal }) => {
      await new Promise((resolve) => {
        signal.addEventListener("abort", resolve);
      });
      reason = signal.reason;
      return "too late";
    });
    const cause = 'state "Work" took longer than 1 s';
    expect(outcome).toEqual({ status: "failed", state: "Work", error: "States.Timeout", cause });
    expect(reason).toMatchObject({ error: "States.Timeout" });
  });
});

test("progress carries its time and the iterations around it", async () => {
  const told: WorkflowEvent[] = [];
  const workflow = {
    startAt: "All",
    states: { All: { type: "Map", itemProcessor: inner } },
  } as const;
  await runWorkflow(workflow, ["a"], {
    name: "x",
    journal: memoryJournal(),
    clock: fakeClock(),
    runTask: ({ report }) => {
      report("half");
      return Promise.resolve(1);
    },
    onEvent: (event) => told.push(event),
  });
  expect(told.filter(({ type }) => type === "TaskProgress")).toEqual([
    {
      type: "TaskProgress",
      time: "2026-01-01T00:00:00.000Z",
      path: [{ state: "All", run: 1, index: 0 }],
      state: "One",
      run: 1,
      progress: "half",
    },
  ]);
});
