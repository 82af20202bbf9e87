import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  type Outcome,
  runWorkflow,
  type TaskCall,
  type Workflow,
  type WorkflowEvent,
  WorkflowError,
} from "../../src/workflow/index.ts";
import { fakeClock } from "./fake-clock.ts";
import { generate, type Generated, GeneratedWork, INPUT } from "./generated.ts";
import { memoryJournal } from "./memory-journal.ts";
import { runStates } from "./run-states.ts";

const resource = "arn:aws:states:::test:work";
const retry = [{ errorEquals: ["Busy"], maxAttempts: 1, intervalSeconds: 1 }];

/** A workflow of tasks whose `works` decides; runs it on from a journal, redriven where that has an end. */
function harness(workflow: Workflow) {
  let events: readonly WorkflowEvent[] = [];
  const calls: TaskCall[] = [];
  const run = async (
    works: (task: TaskCall) => boolean,
    redrive: { from?: { state: string; input: number } } = {},
  ): Promise<Outcome> => {
    const journal = memoryJournal(events);
    const outcome = await runWorkflow(workflow, 1, {
      name: "x",
      journal,
      clock: fakeClock(),
      redrive,
      runTask: (task) => {
        calls.push(task);
        return works(task)
          ? Promise.resolve(task.parameters)
          : Promise.reject(new WorkflowError("Busy", "no"));
      },
    });
    events = journal.events;
    return outcome;
  };
  const started = (): string[] =>
    calls
      .splice(0)
      .map(({ state, path, run: number, retry: tries }) =>
        [state, ...path.map(({ index }) => `in ${index}`), `run ${number} retry ${tries}`].join(
          " ",
        ),
      );
  return { run, started, events: () => events };
}

describe("a redriven execution", () => {
  const steps: Workflow = {
    startAt: "First",
    states: {
      First: { type: "Task", resource, next: "Second" },
      Second: { type: "Task", resource, retry, next: "Third" },
      Third: { type: "Task", resource },
    },
  };

  test("goes on from the state that failed, with its retries counted anew, again and again", async () => {
    const { run, started, events } = harness(steps);
    const failing = ({ state }: TaskCall): boolean => state !== "Second";
    expect(await run(failing)).toMatchObject({ status: "failed", state: "Second" });
    expect(started()).toEqual([
      "First run 1 retry 0",
      "Second run 1 retry 0",
      "Second run 2 retry 1",
    ]);
    expect(await run(failing)).toMatchObject({ status: "failed", state: "Second" });
    expect(started()).toEqual(["Second run 3 retry 0", "Second run 4 retry 1"]);
    expect(await run(() => true)).toEqual({ status: "succeeded", output: 1 });
    expect(started()).toEqual(["Second run 5 retry 0", "Third run 1 retry 0"]);
    expect(events().filter(({ type }) => type === "ExecutionRedriven")).toHaveLength(2);
    expect(events().filter(({ type }) => type === "ExecutionFailed")).toHaveLength(2);
  });

  test("that had succeeded stays as it is", async () => {
    const { run, started, events } = harness(steps);
    await run(() => true);
    const before = events();
    started();
    expect(await run(() => false)).toEqual({ status: "succeeded", output: 1 });
    expect([started(), events()]).toEqual([[], before]);
  });

  const rounds: Workflow = {
    startAt: "List",
    states: {
      List: { type: "Pass", result: [10, 20, 30], next: "Rounds" },
      Rounds: {
        type: "Map",
        maxConcurrency: 1,
        retry,
        itemProcessor: {
          startAt: "Work",
          states: {
            Work: { type: "Task", resource, next: "Check" },
            Check: { type: "Task", resource },
          },
        },
        next: "End",
      },
      End: { type: "Task", resource },
    },
  };

  test("runs only the state of the iteration that failed, even where the Map was retried", async () => {
    const { run, started } = harness(rounds);
    const second = ({ state, path }: TaskCall): boolean =>
      !(state === "Check" && path[0]?.index === 1);
    expect(await run(second)).toMatchObject({ status: "failed", state: "Rounds" });
    // A retry of the Map runs it whole, as Step Functions does.
    expect(started()).toEqual([
      "Work in 0 run 1 retry 0",
      "Check in 0 run 1 retry 0",
      "Work in 1 run 1 retry 0",
      "Check in 1 run 1 retry 0",
      "Work in 0 run 1 retry 0",
      "Check in 0 run 1 retry 0",
      "Work in 1 run 1 retry 0",
      "Check in 1 run 1 retry 0",
    ]);
    expect(await run(() => true)).toEqual({ status: "succeeded", output: [10, 20, 30] });
    expect(started()).toEqual([
      "Check in 1 run 2 retry 0",
      "Work in 2 run 1 retry 0",
      "Check in 2 run 1 retry 0",
      "End run 1 retry 0",
    ]);
  });

  test("goes on from another state with another input, and stays on that way when it fails there", async () => {
    const { run, started } = harness(steps);
    await run(({ state }) => state !== "Second");
    started();
    const from = { state: "Third", input: 7 };
    expect(await run(() => false, { from })).toMatchObject({ status: "failed", state: "Third" });
    expect(started()).toEqual(["Third run 1 retry 0"]);
    expect(await run(() => true)).toEqual({ status: "succeeded", output: 7 });
    expect(started()).toEqual(["Third run 2 retry 0"]);
  });

  test("counts its redrives for the tasks' requests", async () => {
    const show = { "n.$": "$$.Execution.RedriveCount" };
    const { outcome, events } = await runStates(
      { One: { type: "Task", resource, parameters: show } },
      1,
      () => Promise.reject(new WorkflowError("Busy", "no")),
    );
    expect(outcome.status).toBe("failed");
    const seen: unknown[] = [];
    await runWorkflow(
      { startAt: "One", states: { One: { type: "Task", resource, parameters: show } } },
      1,
      {
        name: "x",
        journal: memoryJournal(events),
        redrive: {},
        runTask: ({ parameters }) => {
          seen.push(parameters);
          return Promise.resolve(null);
        },
      },
    );
    expect(seen).toEqual([{ n: 1 }]);
  });

  test("that was aborted while it waited for a retry does not wait, and has all its retries again", async () => {
    const stop = new AbortController();
    const journal = memoryJournal();
    const outcome = await runWorkflow(steps, 1, {
      name: "x",
      journal,
      signal: stop.signal,
      clock: {
        now: () => 0,
        sleep: (_, signal) => {
          stop.abort(new Error("stopped"));
          return Promise.reject(signal.reason as Error);
        },
      },
      runTask: ({ state, parameters }) =>
        state === "Second"
          ? Promise.reject(new WorkflowError("Busy", "no"))
          : Promise.resolve(parameters),
    });
    expect(outcome).toEqual({ status: "aborted" });
    const clock = fakeClock();
    const retries: number[] = [];
    await runWorkflow(steps, 1, {
      name: "x",
      journal,
      clock,
      redrive: {},
      runTask: ({ retry: tries }) => {
        retries.push(tries);
        return Promise.reject(new WorkflowError("Busy", "no"));
      },
    });
    expect(retries).toEqual([0, 1]);
    expect(clock.slept).toEqual([1000]); // only its own
  });
});

test("a suspended execution tells its task to stop, keeps no end, and is resumed in the same run", async () => {
  const workflow: Workflow = { startAt: "Work", states: { Work: { type: "Task", resource } } };
  const journal = memoryJournal();
  const suspend = new AbortController();
  await expect(
    runWorkflow(workflow, 1, {
      name: "x",
      journal,
      suspend: suspend.signal,
      runTask: ({ signal }) => {
        suspend.abort(new Error("closing"));
        return Promise.reject(signal.reason as Error);
      },
    }),
  ).rejects.toThrow("closing");
  expect(journal.events.map(({ type }) => type)).toEqual(["ExecutionStarted", "StateEntered"]);
  const runs: number[] = [];
  await runWorkflow(workflow, 1, {
    name: "x",
    journal,
    runTask: ({ run }) => {
      runs.push(run);
      return Promise.resolve(null);
    },
  });
  expect(runs).toEqual([1]);
});

/** Runs a generated workflow on from a journal; `stopAfter` aborts it once so many events are kept. */
async function execute(
  { workflow }: Generated,
  earlier: readonly WorkflowEvent[],
  work: GeneratedWork,
  stopAfter = Infinity,
): Promise<{ outcome: Outcome; events: readonly WorkflowEvent[] }> {
  const journal = memoryJournal(earlier);
  const stop = new AbortController();
  const outcome = await runWorkflow(workflow, INPUT, {
    name: "redriven",
    journal,
    clock: fakeClock(),
    redrive: {},
    signal: stop.signal,
    runTask: work.run,
    onEvent: () => {
      if (journal.events.length >= stopAfter) stop.abort(new Error("stopped"));
    },
  });
  return { outcome, events: journal.events };
}

test("stopped after any event and redriven: same end, and what had finished is not run again", async () => {
  let stops = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const generated = { ...generate(draw), failures: new Map<string, number>() };
      for (const name of taskNames(generated.workflow)) generated.failures.set(name, 0);
      const whole = await execute(generated, [], new GeneratedWork(generated));
      for (let length = 1; length < whole.events.length; length++) {
        const before = new GeneratedWork(generated);
        const stopped = await execute(generated, [], before, length);
        if (stopped.outcome.status !== "aborted") continue; // it ended before it heard
        const after = new GeneratedWork(generated);
        const redriven = await execute(generated, stopped.events, after);
        expect(redriven.outcome, `stopped after ${length} events`).toEqual(whole.outcome);
        const kept = finishedTasks(stopped.events);
        expect(after.started.filter((task) => kept.includes(task))).toEqual([]);
        stops++;
      }
    }),
    { numRuns: 60 },
  );
  expect(stops).toBeGreaterThan(300);
});

test("failed, mended and redriven, its journal cut after any event: same end, nothing finished run again", async () => {
  let cuts = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const generated = generate(draw);
      const failures = new Map([...generated.failures].map(([name, n]) => [name, n && Infinity]));
      const mended = { ...generated, failures: new Map([...failures.keys()].map((n) => [n, 0])) };
      const broken = { ...generated, failures };
      const failed = await execute(broken, [], new GeneratedWork(broken));
      if (failed.outcome.status !== "failed") return;
      const work = new GeneratedWork(mended);
      const { outcome, events } = await execute(mended, failed.events, work);
      const done = finishedTasks(events);
      expect(new Set(done).size).toBe(done.length);
      for (let length = failed.events.length; length < events.length; length++) {
        const earlier = events.slice(0, length);
        const rest = new GeneratedWork(mended);
        const cut = await execute(mended, earlier, rest);
        expect(cut.outcome, `cut after ${length} events`).toEqual(outcome);
        const kept = finishedTasks(earlier);
        expect(rest.started.filter((task) => kept.includes(task))).toEqual([]);
        cuts++;
      }
    }),
    { numRuns: 150 },
  );
  expect(cuts).toBeGreaterThan(200);
});

function taskNames({ states }: Workflow): string[] {
  return Object.entries(states).flatMap(([name, state]) => {
    if (state.type === "Map") return taskNames(state.itemProcessor);
    if (state.type === "Parallel") return state.branches.flatMap(taskNames);
    return state.type === "Task" ? [name] : [];
  });
}

/** The tasks that had finished, as `state at iteration`. */
function finishedTasks(events: readonly WorkflowEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type !== "StateSucceeded" || event.result === undefined) return [];
    const { all } = (event.output as Record<string, { all: [number, string] }>)[event.state]!;
    return [`${event.state} at ${all[1]}`];
  });
}
